"""A drawing to a picture: the one thread that owns the model, and the process that the model runs in.

Knows: the canvas, jobs and frames.  Must not know: sessions, sockets, how a model works.
"""
