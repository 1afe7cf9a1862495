"""Furniture and the things of a room."""
