"""The web server: the application, its routes, the page, and the Gradio app.

Knows: every room of the canvas.  Must not know: how a model works.
"""
