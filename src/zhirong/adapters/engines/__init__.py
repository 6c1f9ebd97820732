"""Machines that blocks of a simulation run on, beside the one that asks."""
