"""Toys, things of a party, and instruments of music."""
