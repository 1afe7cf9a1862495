"""Waiting until a server is as it should be, and reading its metrics."""

from __future__ import annotations

import time

import httpx
from prometheus_client.parser import text_string_to_metric_families


def numbers(server, **options) -> dict[str, float]:
    answer = httpx.get(server.base + "/metrics", trust_env=False, **options)
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {
        sample.name + "".join(f"[{value}]" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def wait_for(condition, timeout_s: float = 90.0) -> None:
    end_s = time.monotonic() + timeout_s
    while True:
        try:
            if condition():
                return
        except httpx.TransportError:
            pass
        assert time.monotonic() < end_s
        time.sleep(0.1)
