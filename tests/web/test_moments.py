"""Moments of a drawing (web/canvas/history-states.js), run under node:
from nothing to everything, each a beginning of the next.
"""

from __future__ import annotations

import itertools
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from support.paths import WEB


@pytest.mark.skipif(not shutil.which("node"), reason="node is not installed")
def test_moments_go_from_nothing_to_everything_in_equal_steps():
    command = ["node", Path(__file__).parent / "moments_check.mjs", WEB]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    points, lengths = answer["points"], answer["lengths"]
    assert points[0] == 0 and points[-1] == 200 and lengths[0] == 0 and lengths[-1] == 4  # what was undone is in it
    steps = [later - earlier for earlier, later in itertools.pairwise(points)]
    assert all(0 <= step <= 11 for step in steps) and points == sorted(
        points
    )  # 230 weights in 23 steps: strokes are cut
    assert answer["prefixes"] and answer["again"] and answer["untouched"] == 3
