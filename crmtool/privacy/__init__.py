"""What may leave: redact makes the View that every output needs."""
