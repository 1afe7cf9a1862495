"""The drawing itself: strokes, edits, the journal, and the paper they are drawn on.

Knows: strokes, pixels, what a picture depends on.  Must not know: messages, sessions, engines.
"""
