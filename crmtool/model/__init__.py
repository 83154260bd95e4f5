"""The types that every room shares: records, feeds, findings, plans, views. Pure."""
