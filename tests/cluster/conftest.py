"""One cluster for all tests of this folder: starting Ray and two replicas takes half a minute on two cores."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "live"))  # client, drawn, standin


@pytest.fixture(scope="module")
def cluster():
    pytest.importorskip("ray", reason="Ray Serve is not installed: pip install 'sprint-live[cluster]'")
    from deployed import Cluster

    with Cluster() as running:
        yield running
