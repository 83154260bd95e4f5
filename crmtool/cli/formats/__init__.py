"""What a check found, as services and programs want to be told: one module a format."""
