"""Helpers of the model and training tests: random models in released layouts, slow second implementations,
a hub of our own.
"""
