"""The papers of a filing: contracts, application forms, letters and lists, as PDF and xlsx."""
