"""A cluster of two CPU replicas with a stand-in engine, as a process of its own: its address, its replicas, its end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

HERE = Path(__file__).resolve().parent
UP_WITHIN_S = 240.0  # 25 s on two idle cores
SCRIPT = """
import sys
from clustered import load_quick
from sprint_live.cluster.plan import ClusterPlan
from sprint_live.cluster.run import serve_cluster
serve_cluster(load_quick, ClusterPlan(replicas=2, max_replicas=2), port=int(sys.argv[1]), isolate=False, log_json=True)
"""


class Cluster:
    """Started by `with`; `base` is its address."""

    def __enter__(self) -> Cluster:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.base = f"http://127.0.0.1:{port}"
        self.log = Path(tempfile.mkstemp(prefix="cluster-")[1])
        path = os.pathsep.join(map(str, (HERE, HERE.parent / "live", HERE.parents[1])))
        environment = {**os.environ, "PYTHONPATH": path, "RAY_SERVE_LOG_TO_STDERR": "0"}
        with self.log.open("w") as log:
            command = [sys.executable, "-c", SCRIPT, str(port)]
            self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
        end_s = time.monotonic() + UP_WITHIN_S
        while not (self._said("Sprint Live: ") and self._ready()):
            assert self.process.poll() is None and time.monotonic() < end_s, self.log.read_text()[-3000:]
            time.sleep(0.3)
        self.ray_command = next(title for _, title in _descendants(self.process.pid) if "/raylet/raylet " in title)
        return self

    def __exit__(self, *_: object) -> None:
        self.end()
        self.log.unlink(missing_ok=True)

    def end(self, within_s: float = 60.0) -> int:
        """SIGTERM; the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(within_s)
        finally:
            if self.process.poll() is None:
                os.killpg(self.process.pid, signal.SIGKILL)

    def replicas(self) -> list[int]:
        """The processes of the replicas, as the system sees them."""
        return [pid for pid, title in _descendants(self.process.pid) if title.startswith("ray::ServeReplica")]

    def _said(self, words: str) -> bool:
        return words in self.log.read_text()

    def _ready(self) -> bool:
        """Every replica can draw: eight seats see both, but for one time in a hundred."""
        try:
            return all(httpx.get(f"{self.base}/readyz?seat={i}", timeout=5, trust_env=False).status_code == 200 for i in range(8))
        except httpx.TransportError:
            return False


def _descendants(root: int) -> list[tuple[int, str]]:
    parents, titles = {}, {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                titles[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
    found = {root}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return [(pid, titles[pid]) for pid in found]
