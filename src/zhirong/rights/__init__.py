"""Rights: patents, their owners, events and legal status on a date, terms and fees."""
