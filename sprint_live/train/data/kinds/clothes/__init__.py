"""Clothes, what is carried, and jewels."""
