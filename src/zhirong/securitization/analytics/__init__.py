"""What a security is worth, costs and risks: yields, spreads, all-in cost, losses of tranches."""
