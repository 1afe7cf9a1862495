"""Access to the server: who may connect, how often, and how much they may send.

Knows: requests, addresses, bytes.  Must not know: drawings, sessions, engines.
"""
