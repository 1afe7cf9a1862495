"""The ways to a client: WebSocket, long poll over HTTP, and Gradio events.

Knows: sessions, the wire, security.  Must not know: engines, pixels.
"""
