"""Buildings, and what is built in a landscape."""
