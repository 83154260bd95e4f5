"""One module a source type, each behind two methods: fetch since a cursor, normalise."""
