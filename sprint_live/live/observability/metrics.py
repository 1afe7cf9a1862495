"""Metrics in Prometheus' text format: pictures, drops, failures, latency by stage, queue, memory.

Each server has its own registry, so that two in one process do not mix. No label has personal data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

__all__ = ["Metrics"]

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
BUCKETS_S = (
    0.001,
    0.002,
    0.005,
    0.01,
    0.02,
    0.035,
    0.05,
    0.075,
    0.1,
    0.15,
    0.2,
    0.3,
    0.5,
    0.75,
    1.0,
    2.0,
    5.0,
    10.0,
    30.0,
)


class Metrics:
    """The counters of a running server. Times are in seconds, as Prometheus wants them."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._stages = Histogram(
            "sprint_live_stage_seconds",
            "time of one picture by stage; queue: waiting for the engine",
            ["stage"],
            buckets=BUCKETS_S,
            registry=self.registry,
        )
        self._overhead = Histogram(
            "sprint_live_overhead_seconds",
            "from taking a job to handing its bytes to the socket, less the engine's time",
            buckets=BUCKETS_S,
            registry=self.registry,
        )
        self._pictures = Counter("sprint_live_pictures", "pictures sent or ready to send", registry=self.registry)
        self._unsent = Counter(
            "sprint_live_pictures_unsent", "pictures nobody was there for any more", registry=self.registry
        )
        self._failures = Counter(
            "sprint_live_failures", "pictures that failed, by type of error", ["error"], registry=self.registry
        )
        self._refused = Counter(
            "sprint_live_refused", "requests and sockets refused, by HTTP status", ["status"], registry=self.registry
        )
        ProcessCollector(registry=self.registry)
        self._hear: Callable[[float], None] = lambda overhead_s: None

    def listen(self, hear: Callable[[float], None]) -> None:
        """Also call `hear(overhead_s)` for every picture.

        Measurements need single values, which a histogram does not keep.
        """
        self._hear = hear

    def watch(self, name: str, meaning: str, read: Callable[[], float]) -> None:
        """A gauge `sprint_live_<name>` that is read on each scrape."""
        Gauge(f"sprint_live_{name}", meaning, registry=self.registry).set_function(read)

    def watch_process(self, namespace: str, pid: Callable[[], int | None]) -> None:
        """CPU and memory of another process under its own prefix; absent while the process is (Linux only)."""
        ProcessCollector(namespace=namespace, pid=lambda: pid() or -1, registry=self.registry)

    def picture(self, timings_ms: Mapping[str, float], overhead_s: float, *, sent: bool) -> None:
        """Count a finished picture."""
        for stage, ms in timings_ms.items():
            self._stages.labels(stage).observe(ms / 1e3)
        self._overhead.observe(overhead_s)
        self._hear(overhead_s)
        (self._pictures if sent else self._unsent).inc()

    def failure(self, error: BaseException) -> None:
        """Count a failed picture."""
        self._failures.labels(type(error).__name__).inc()

    def refused(self, status: int) -> None:
        """Count a refused request or socket."""
        self._refused.labels(str(status)).inc()

    def text(self) -> bytes:
        """Everything, as `GET /metrics` answers it."""
        return generate_latest(self.registry)
