"""The transports: WebSocket, long polling over HTTP, and Gradio events.

Knows: sessions, the wire, security.  Must not know: engines, pixels.
"""
