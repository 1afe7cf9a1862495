"""What a cluster says of itself as a whole, without Ray: the label of each number, one answer a second,
and nobody's silence.
"""

from __future__ import annotations

import asyncio

import pytest
from prometheus_client.parser import text_string_to_metric_families

from sprint_live.cluster import health as health_module
from sprint_live.cluster.health import ClusterHealth, ReplicaState, whole
from sprint_live.errors import BusyError
from sprint_live.live.observability.metrics import Metrics


def vitals(name: str, *, ready: bool = True, pictures: int = 1) -> ReplicaState:
    metrics = Metrics()
    for _ in range(pictures):
        metrics.picture({"engine": 50.0}, 0.002, sent=True)
    return ReplicaState(name, {"ready": ready, "state": "ready" if ready else "loading", "error": ""}, metrics.text())


def test_numbers_of_all_replicas_are_one_text_that_says_whose_they_are():
    told = whole({"a": vitals("a", pictures=3).metrics, "b": vitals("b", pictures=5).metrics}).decode()
    families = {family.name: family for family in text_string_to_metric_families(told)}
    pictures = {
        sample.labels["replica"]: sample.value
        for sample in families["sprint_live_pictures"].samples
        if sample.name.endswith("_total")
    }
    assert pictures == {"a": 3.0, "b": 5.0} and families["sprint_live_pictures"].type == "counter"
    buckets = [
        sample for sample in families["sprint_live_overhead_seconds"].samples if sample.labels.get("le") == "+Inf"
    ]
    assert {sample.labels["replica"]: sample.value for sample in buckets} == {"a": 3.0, "b": 5.0}
    assert (
        families["sprint_live_overhead_seconds"].type == "histogram"
        and told.count("# TYPE sprint_live_overhead_seconds histogram") == 1
    )


def test_a_cluster_is_ready_if_one_replica_is_and_asks_its_replicas_once_a_second(monkeypatch):
    asked = []

    async def ask():
        asked.append(1)
        await asyncio.sleep(0.01)
        return [vitals("a", ready=False), vitals("b", ready=len(asked) == 1)]

    async def scenario():
        health = ClusterHealth(lambda: "a", ask)
        flood = await asyncio.gather(*(health.readiness() for _ in range(50)))
        assert len(asked) == 1 and all(one["ready"] and one["asked"] == "a" for one in flood)
        assert {name: one["state"] for name, one in flood[0]["replicas"].items()} == {"a": "loading", "b": "ready"}
        monkeypatch.setattr(health_module, "ASK_EVERY_S", 0.0)
        assert not (await health.readiness())["ready"] and len(asked) == 2

    asyncio.run(scenario())


def test_a_replica_that_does_not_answer_is_said_and_not_left_out(monkeypatch):
    monkeypatch.setattr(health_module, "ANSWER_WITHIN_S", 0.05)

    async def scenario():
        health = ClusterHealth(lambda: "a", lambda: asyncio.sleep(5))
        for question in (health.readiness, health.metrics):
            with pytest.raises(BusyError, match="does not answer"):
                await question()

    asyncio.run(scenario())
