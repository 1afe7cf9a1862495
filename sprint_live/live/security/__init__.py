"""Who may come in, how often, and with how much. A security reader opens this folder.

Knows: requests, addresses, bytes.  Must not know: drawings, sessions, engines.
"""
