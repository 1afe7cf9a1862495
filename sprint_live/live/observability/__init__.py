"""Metrics, logs, and the one form of an error report, for operators.

Knows: numbers and exceptions.  Must not know: drawings, sessions.
"""
