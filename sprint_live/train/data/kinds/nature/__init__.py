"""The sky, the weather, the land, and a few signs."""
