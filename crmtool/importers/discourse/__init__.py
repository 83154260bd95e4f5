"""Discourse forums, by their public JSON or a read-only key; their answers also as files."""
