"""Due diligence: checks on rights and their owner, as findings with evidence."""
