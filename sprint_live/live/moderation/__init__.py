"""Checks of prompts and pictures, which run beside the engine.

Knows: prompts, JPEG bytes.  Must not know: sessions, the wire.
"""
