"""The wire format: messages as values, their bytes, and the limits that a message must keep.

Knows: the canvas.  Must not know: sessions, sockets.
"""
