"""A few seconds of coverage-guided fuzzing of the wire; `python tests/fuzz/fuzz_wire.py -max_total_time=3600` for an
hour of it.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(
    find_spec("atheris") is None,
    reason="atheris is not installed (pip install atheris): Hypothesis fuzzes the same decoder in tests/live",
)
def test_no_bytes_do_more_than_be_refused(tmp_path):
    # libFuzzer reads the peak of getrusage, and a process inherits its parent's: of a test run that took 2 GB, say
    inherited_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    command = [
        sys.executable,
        "tests/fuzz/fuzz_wire.py",
        "-max_total_time=5",
        "-seed=1",
        "-max_len=4096",
        f"-rss_limit_mb={inherited_mib + 512}",
        f"-artifact_prefix={tmp_path}/",
    ]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "DONE" in done.stderr or "Done" in done.stderr, done.stderr[-500:]
