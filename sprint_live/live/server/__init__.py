"""The web server: the application, its routes, and the Gradio page.

Knows: every room of the canvas.  Must not know: how a model works.
"""
