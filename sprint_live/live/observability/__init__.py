"""What an operator reads: metrics, logs, and the one form of an error report.

Knows: numbers and exceptions.  Must not know: drawings, sessions.
"""
