"""The example community: Ginnel, walking maps for paper, and everybody in it (all invented)."""
