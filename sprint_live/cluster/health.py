"""The health of a whole cluster. Any replica answers: it asks all others, and labels each number with its replica.

    /readyz  -> ready if one replica is; every one with its state        /metrics -> everybody's, with a label `replica`

So an operator scrapes one address. A replica that starts or ends appears or disappears with the next scrape.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from prometheus_client import CollectorRegistry, Metric, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from sprint_live.errors import BusyError, refusal

__all__ = ["ClusterHealth", "ReplicaState", "whole"]

ANSWER_WITHIN_S = 5.0
ASK_EVERY_S = 1.0  # /readyz is open to everybody: a flood of it must not become one of calls between replicas


@dataclass(frozen=True, slots=True)
class ReplicaState:
    """The state of one replica. replica: its name at Ray Serve; the rest as in `live.health.Health`."""

    replica: str
    readiness: dict[str, Any]
    metrics: bytes


class ClusterHealth:
    """A `live.health.Health`. own: the name of the replica that was asked.

    ask: gives the answers of all live replicas.
    """

    def __init__(self, own: Callable[[], str], ask: Callable[[], Awaitable[Sequence[ReplicaState]]]) -> None:
        self._own, self._ask = own, ask
        self._asking = asyncio.Lock()
        self._told: dict[str, ReplicaState] = {}
        self._told_s = float("-inf")

    async def readiness(self) -> dict[str, Any]:
        """ready: True if a replica can draw. replicas: of each its ready, state, error.
        asked: the one that this request came to.
        """
        told = await self._everybody()
        replicas = {name: vitals.readiness for name, vitals in told.items()}
        return {"ready": any(one["ready"] for one in replicas.values()), "asked": self._own(), "replicas": replicas}

    async def metrics(self) -> bytes:
        """All replicas' metrics as one text."""
        return whole({name: vitals.metrics for name, vitals in (await self._everybody()).items()})

    async def _everybody(self) -> Mapping[str, ReplicaState]:
        async with self._asking:
            if time.monotonic() - self._told_s > ASK_EVERY_S:
                try:
                    answers = await asyncio.wait_for(self._ask(), ANSWER_WITHIN_S)
                except TimeoutError:
                    message = refusal(
                        got="a replica that does not answer",
                        accepted=f"one within {ANSWER_WITHIN_S:g} s",
                        fix="ask again: it is being replaced",
                    )
                    raise BusyError(message) from None
                self._told = {vitals.replica: vitals for vitals in answers}
                self._told_s = time.monotonic()
            return self._told


def whole(texts: Mapping[str, bytes]) -> bytes:
    """Join the Prometheus texts of several servers into one, with a label `replica` on every number."""
    families: dict[str, Metric] = {}
    for replica, text in sorted(texts.items()):
        for family in text_string_to_metric_families(text.decode()):
            merged = families.setdefault(family.name, Metric(family.name, family.documentation, family.type))
            for sample in family.samples:
                merged.add_sample(sample.name, {**sample.labels, "replica": replica}, sample.value)
    registry = CollectorRegistry()
    registry.register(_Given(families))
    return generate_latest(registry)


class _Given:
    """A collector of what was collected elsewhere."""

    def __init__(self, families: Mapping[str, Metric]) -> None:
        self._families = families

    def collect(self) -> Iterator[Metric]:
        yield from self._families.values()
