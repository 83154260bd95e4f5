"""CSV, JSON and JSON Lines by a mapping in `source.yml`: whole columns at a time."""
