"""Personal data and secrets in text: what `scan` finds, and where. Pure; heavy libraries lazily."""
