"""The plan of a cluster as one value, and the options for Ray Serve that follow from it.

Knows: numbers.  Must not know: Ray, the app.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sprint_live.errors import ArgumentError, refusal

__all__ = ["PEOPLE", "ClusterPlan"]

PEOPLE = 64
BESIDE_SOCKETS = 64  # pages, scripts, photos and health checks of people whose WebSocket is open
CORES_A_REPLICA = 0.1  # only a hint where to place it: a CPU replica uses what is there
DRAIN_WITHIN_S = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterPlan:
    """The plan of a cluster.

    replicas: how many start, and how many stay when nobody draws; None: one for each GPU. max_replicas: how many there
    may be under load; None: as `replicas`. people: WebSockets that a replica accepts; the next one gets 503.
    people_a_client: how many of them one address may hold. gpus: GPUs per replica, a fraction where several share one,
    0 for the CPU; None: 1 if there are GPUs.
    """

    replicas: int | None = None
    max_replicas: int | None = None
    people: int = PEOPLE
    people_a_client: int = 20
    gpus: float | None = None

    def __post_init__(self) -> None:
        _require("replicas", self.replicas, 1, 1000)
        _require("max replicas", self.max_replicas, self.replicas or 1, 1000)
        _require("people", self.people, 1, 10_000)
        _require("people of a client", self.people_a_client, 1, 10_000)
        _require("GPUs a replica", self.gpus, 0, 16)
        if self.gpus is not None and self.gpus > 1 and self.gpus != int(self.gpus):
            raise ArgumentError(
                refusal(
                    got=f"{self.gpus:g} GPUs a replica", accepted="a fraction of one, or whole ones", fix="round it"
                )
            )

    def fitted(self, num_gpus: int) -> ClusterPlan:
        """The plan with every number filled in, for so many GPUs.

        Raises: ArgumentError for more GPUs than there are (Ray would wait for them without a word),
        or with none to count.
        """
        gpus = min(1, num_gpus) if self.gpus is None else self.gpus
        if self.replicas is None and not gpus:
            raise ArgumentError(
                refusal(
                    got="no GPU that Ray can find", accepted="one or more", fix="give --replicas to draw on the CPU"
                )
            )
        room = _room(num_gpus, gpus)
        replicas = room if self.replicas is None else self.replicas
        if gpus and not 0 < replicas <= room:
            got = f"{max(1, replicas)} replicas with {gpus:g} GPU each"
            raise ArgumentError(
                refusal(got=got, accepted=f"{num_gpus} GPUs, which is what Ray found", fix="start fewer replicas")
            )
        return replace(self, replicas=replicas, max_replicas=max(replicas, self.max_replicas or 0), gpus=gpus)

    def options(self) -> dict[str, Any]:
        """The options of the Serve deployment of a fitted plan, except the router.

        A WebSocket counts as one ongoing request while it is open, so ongoing requests are people: another replica
        starts before the existing ones are full.
        """
        options: dict[str, Any] = {
            "ray_actor_options": {"num_gpus": self.gpus, "num_cpus": CORES_A_REPLICA},
            "max_ongoing_requests": self.people + BESIDE_SOCKETS,
            "max_queued_requests": 2 * self.people,
            "graceful_shutdown_timeout_s": DRAIN_WITHIN_S,
            "graceful_shutdown_wait_loop_s": 0.5,
            "health_check_period_s": 5.0,
            "health_check_timeout_s": 15.0,
        }
        if self.max_replicas == self.replicas:
            return {**options, "num_replicas": self.replicas}
        scaling = {
            "min_replicas": self.replicas,
            "initial_replicas": self.replicas,
            "max_replicas": self.max_replicas,
            "target_ongoing_requests": max(1, round(0.7 * self.people)),
            "upscale_delay_s": 5.0,
            "downscale_delay_s": 300.0,
        }
        return {**options, "autoscaling_config": scaling}


def _room(num_gpus: int, gpus: float) -> int:
    """How many replicas fit; a replica with a fraction of a GPU uses one GPU."""
    return int(num_gpus // gpus) if gpus >= 1 else num_gpus * int(1 / gpus + 1e-9) if gpus else 0


def _require(name: str, number: float | None, low: int, high: int) -> None:
    if number is not None and not low <= number <= high:
        raise ArgumentError(
            refusal(got=f"{number} {name}", accepted=f"{low} to {high}", fix=f"change the number of {name}")
        )
