"""Plans: the desks of arranger, servicer and investor, and a plan's pages."""
