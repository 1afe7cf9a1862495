"""One cluster for all tests of this folder: starting Ray and two replicas takes half a minute on two cores."""

import pytest


@pytest.fixture(scope="module")
def cluster():
    pytest.importorskip("ray", reason="Ray Serve is not installed: pip install 'sprint-live[cluster]'")
    from support.cluster.deployed import Cluster

    with Cluster() as running:
        yield running
