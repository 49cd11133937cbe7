"""Query a timeline: filters, names, search, profiles, responses and SQL."""
