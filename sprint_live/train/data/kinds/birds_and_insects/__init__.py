"""Birds, and what else has wings or many legs."""
