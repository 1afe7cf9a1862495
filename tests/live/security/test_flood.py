"""Promise 5: a flood is refused with a time to come back, and a person beside it waits less than twice as long."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time

import numpy as np

from sprint_live.live.security.rate_limits import ClientLimits
from support.client import Client
from support.paths import ROOT, TESTS
from support.standin import StandInEngine
from support.waiting import numbers, wait_for

ENGINE_S = 0.05
STROKES = 50
ROUNDS = 2  # a hundred waits of each kind: of a few the 99th percentile would be the longest, whatever it was


def strokes_to_pictures(client: Client, first: int) -> list[float]:
    """Draw, wait for the picture, rest: seconds from sending to the picture of each stroke."""
    waits_s = []
    for i in range(first, first + STROKES):
        begin_s = time.monotonic()
        client.draw(i + 1, [(20 + 9 * i, 20), (900, 30 + 9 * i)])
        client.settle()
        waits_s.append(time.monotonic() - begin_s)
    return waits_s


def test_a_flood_is_refused_and_does_not_make_a_person_wait_twice_as_long(start_server):
    server = start_server(engine=StandInEngine(ENGINE_S), limits=ClientLimits(requests_at_once=50))
    server.wait_until("/readyz")
    flooding = [sys.executable, TESTS / "support" / "flooding.py", str(server.server.port)]
    command = (
        ["nice", "-n", "19", *flooding] if shutil.which("nice") else flooding
    )  # elsewhere it is another machine's work
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    quiet_s, flooded_s = [], []
    with Client(server.base) as person:
        for turn in range(ROUNDS):  # quiet and flood in turn: what else this machine does counts for both
            quiet_s += strokes_to_pictures(person, 2 * turn * STROKES)
            with subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
            ) as flood:
                refused = numbers(server).get("sprint_live_refused_total[429]", 0)
                wait_for(lambda: numbers(server).get("sprint_live_refused_total[429]", 0) >= refused + 20)  # noqa: B023
                flooded_s += strokes_to_pictures(person, (2 * turn + 1) * STROKES)
                seen = json.loads(flood.communicate(timeout=60)[0])
            assert seen["429 with Retry-After"] and seen["socket 429 with Retry-After"] and seen["messages"] > 1500, (
                seen
            )
            assert set(seen) == {"200", "429 with Retry-After", "socket 429 with Retry-After", "messages"}
    assert np.percentile(flooded_s, 99) < 2 * np.percentile(quiet_s, 99), (quiet_s, flooded_s)
