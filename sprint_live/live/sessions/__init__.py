"""One person a session: their drawing, whose turn it is, and what they are told.

Knows: the wire, the canvas, the worker.  Must not know: sockets, requests.
"""
