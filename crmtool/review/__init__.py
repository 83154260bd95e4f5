"""What a change means, in people's words. Pure."""
