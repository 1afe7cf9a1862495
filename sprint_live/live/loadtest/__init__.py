"""Load tests of the canvas: people who draw, leave and return, in front of an engine that only waits.

Knows: the server and the wire.  Must not know: models.
"""
