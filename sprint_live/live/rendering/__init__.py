"""Rendering: the one thread that owns the model, and the process in which the model runs.

Knows: the canvas, jobs and frames.  Must not know: sessions, sockets, how a model works.
"""
