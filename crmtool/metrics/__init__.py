"""The engine and every number, one `.sql` file a metric."""
