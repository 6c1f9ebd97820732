"""The ground floor: money, dates, figures, distributions, messages, identifiers, hashes."""
