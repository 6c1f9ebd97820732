"""What is sold to a plan: obligors, claims, collateral sets, and the rules a pool must keep."""
