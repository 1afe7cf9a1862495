"""Sessions: each person's drawing, whose turn it is, and the messages to them.

Knows: the wire, the canvas, the worker.  Must not know: sockets, requests.
"""
