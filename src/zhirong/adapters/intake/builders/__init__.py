"""Builders: typed rows become the records of the case file; what two rows say is made one."""
