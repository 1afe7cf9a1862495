"""The contract's fixtures: every test runs against every deployment, through every door.

A deployment is added in deployments.py, a door in doors.py; no test names either.
"""

from __future__ import annotations

import contextlib
import secrets

import pytest

from support.client import Client
from support.deployments import DEPLOYMENTS, Deployment
from support.doors import DOORS


@pytest.fixture(scope="session", params=DEPLOYMENTS)
def deployment(request) -> Deployment:
    """A running server: its address, its token, and how to kill what draws for a session."""
    with DEPLOYMENTS[request.param]() as running:
        yield running


@pytest.fixture(params=DOORS)
def door(request):
    """How a client's bytes reach the server."""
    return DOORS[request.param]


@pytest.fixture
def enter(deployment, door):
    """Come in as one more person, at the test's seat and from its own address; all leave at the end of the test.

    No two tests share an address: a server may notice only seconds later that a stream's reader left,
    and counts it until then.
    """
    seat, address = secrets.token_hex(8), f"198.18.{secrets.randbelow(256)}.{secrets.randbelow(256)}"
    with contextlib.ExitStack() as people:

        def come_in(session_id: bytes = bytes(16), *, token: str | None = None, **options) -> Client:
            token = deployment.token if token is None else token
            options = {"X-Forwarded-For": address, **options}
            return people.enter_context(Client(deployment.base, session_id, token, seat=seat, door=door, **options))

        yield come_in
