"""Checks of words and pictures, asked beside the engine.

Knows: prompts, JPEG bytes.  Must not know: sessions, the wire.
"""
