"""The only user of git and of open() on a workspace: trees, loading, journal, applying plans."""
