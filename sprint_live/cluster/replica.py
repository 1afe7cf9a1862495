"""One replica: the whole application of a server, with hub and engine, behind Ray's proxy instead of our socket."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Sequence

from ray import serve

from sprint_live.cluster.health import ClusterHealth, ReplicaState
from sprint_live.cluster.plan import DRAIN_WITHIN_S
from sprint_live.live.moderation.checks import load_check
from sprint_live.live.moderation.moderator import Moderator
from sprint_live.live.observability.logs import set_up_logs
from sprint_live.live.rendering.drawing_engine import DrawingEngine, in_this_process
from sprint_live.live.rendering.engine_process import EngineProcess
from sprint_live.live.rendering.worker import Worker
from sprint_live.live.security.access_control import AccessPolicy
from sprint_live.live.security.rate_limits import ClientLimits
from sprint_live.live.server.application import build_app

__all__ = ["Replica"]


@serve.ingress()
class Replica:
    """The deployment, built in the process in which it runs; only its arguments are sent there.

    engine_loader: importable by name on every machine. limits: of this replica alone.
    """

    def __init__(
        self,
        engine_loader: Callable[[], DrawingEngine],
        policy: AccessPolicy,
        limits: ClientLimits,
        *,
        isolate: bool,
        log_json: bool,
        checks: tuple[str, ...] = (),
    ) -> None:
        set_up_logs(as_json=log_json)
        loader = functools.partial(EngineProcess, engine_loader) if isolate else in_this_process(engine_loader)
        self._worker = Worker(loader, moderator=Moderator([load_check(named) for named in checks]))
        self._policy = policy
        self._limits = limits
        self._ending = threading.Event()

    def __serve_build_asgi_app__(self) -> object:
        """The application, with its own hub; its life begins and ends with the replica's."""
        health = ClusterHealth(_name, _everybody)
        app = build_app(self._worker, self._policy, self._limits, stopping=self._ending.is_set, health=health)
        self._hub, self._health = app.state.hub, app.state.health
        return app

    async def vitals(self) -> ReplicaState:
        """The state of this replica, for the one that answers for the cluster."""
        return ReplicaState(_name(), await self._health.readiness(), await self._health.metrics())

    async def drain(self) -> None:
        """Accept nobody, let the running picture arrive, then close every WebSocket with 1012: pages reconnect."""
        self._ending.set()
        await self._hub.drain(DRAIN_WITHIN_S - 2)

    async def __del__(self) -> None:
        self._worker.stop(timeout_s=1.0)


def _name() -> str:
    return serve.get_replica_context().replica_tag


async def _everybody() -> Sequence[ReplicaState]:
    """Of every replica that lives; one that has just died answers with an error and is left out."""
    context = serve.get_replica_context()
    answers = serve.get_deployment_handle(context.deployment, context.app_name).broadcast("vitals")
    return [
        vitals for vitals in await answers.results_async(return_exceptions=True) if isinstance(vitals, ReplicaState)
    ]
