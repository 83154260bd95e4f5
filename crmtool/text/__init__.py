"""Text in, text out: frontmatter, YAML, splicing, rendering. The only user of YAML."""
