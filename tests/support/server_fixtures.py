"""Servers as fixtures, for the tests of the live canvas with and without a browser."""

from __future__ import annotations

import pytest

from support.running import RunningServer


@pytest.fixture(scope="session")
def _shared_server():
    server = RunningServer()
    server.wait_until("/readyz")
    yield server
    server.stop()


@pytest.fixture
def live_server(_shared_server):
    """One server for all tests of a folder (starting gradio takes seconds); its engine is as new for each test."""
    engine = _shared_server.engine
    engine.delay_s, engine.fail, engine.gate = 0.05, None, None
    for record in (engine.codes, engine.calls, engine.sketches, engine.paintings):
        record.clear()
    return _shared_server


@pytest.fixture
def start_server():
    """Start servers of one's own; all are stopped at the end."""
    started = []

    def start(**options) -> RunningServer:
        started.append(RunningServer(**options))
        return started[-1]

    yield start
    for server in started:
        server.stop()
