"""Who is who: resolve, suggest, merge, undo. Pure."""
