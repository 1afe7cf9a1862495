"""What stands in a kitchen or on a table."""
