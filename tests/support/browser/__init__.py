"""Helpers of the browser tests: the canvas as a person sees it, the accessibility checker,
a proxy that is in the way.
"""
