"""Fixtures of the live canvas."""

from server_fixtures import _shared_server, live_server, start_server  # noqa: F401
