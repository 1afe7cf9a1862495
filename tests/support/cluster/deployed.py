"""A cluster of two CPU replicas with a stand-in engine, as a process of its own: its address, its replicas, its end."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

from support.paths import ROOT, TESTS

UP_WITHIN_S = 240.0  # 25 s on two idle cores
SCRIPT = """
import pkgutil
import sys
from sprint_live.cluster.plan import ClusterPlan
from sprint_live.cluster.run import serve_cluster
load = pkgutil.resolve_name(sys.argv[2])
plan = ClusterPlan(replicas=2, people_a_client=int(sys.argv[4]), gpus=0)
serve_cluster(load, plan, port=int(sys.argv[1]), token=sys.argv[3] or None, isolate=False, log_json=True)
"""


class Cluster:
    """Started by `with`; `base` is its address. loader: module.name of what loads the engine in a replica."""

    def __init__(
        self, loader: str = "support.cluster.clustered.load_quick", token: str = "", people_a_client: int = 20
    ) -> None:
        self._loader, self._token, self._people_a_client = loader, token, people_a_client

    def __enter__(self) -> Cluster:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.base = f"http://127.0.0.1:{port}"
        self.log = Path(tempfile.mkstemp(prefix="cluster-")[1])
        path = os.pathsep.join(map(str, (TESTS, ROOT)))
        environment = {**os.environ, "PYTHONPATH": path, "RAY_SERVE_LOG_TO_STDERR": "0"}
        with self.log.open("w") as log:
            command = [sys.executable, "-c", SCRIPT, str(port), self._loader, self._token, str(self._people_a_client)]
            self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
        self.wait_until_whole()
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

    def wait_until_whole(self) -> None:
        """Both replicas are there and can draw."""
        end_s = time.monotonic() + UP_WITHIN_S
        while not (self._said("Sprint Live: ") and len(self.replicas()) == 2 and self._ready()):
            assert self.process.poll() is None and time.monotonic() < end_s, self.log.read_text()[-3000:]
            time.sleep(0.3)

    def replicas(self) -> list[int]:
        """The processes of the replicas, as the system sees them."""
        return [pid for pid, title in _descendants(self.process.pid) if title.startswith("ray::ServeReplica")]

    def kill(self, seat: str) -> None:
        """Kill the replica that this seat's requests go to, the one that started when the cluster's metrics say,
        and leave one.
        """
        self.wait_until_whole()
        name = self.get(f"/readyz?seat={seat}").json()["asked"]
        [started_s] = [
            float(number)
            for number in re.findall(
                rf'^process_start_time_seconds{{replica="{name}"}} (\S+)', self.get("/metrics").text, flags=re.MULTILINE
            )
        ]
        os.kill(min(self.replicas(), key=lambda pid: abs(_started_s(pid) - started_s)), signal.SIGKILL)

    def _said(self, words: str) -> bool:
        return words in self.log.read_text()

    def get(self, path: str) -> httpx.Response:
        """An answer, by somebody who has the token."""
        token = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        return httpx.get(self.base + path, headers=token, timeout=10, trust_env=False)

    def _ready(self) -> bool:
        """Both replicas can draw, as whichever is asked says."""
        try:
            for seat in range(4):
                answer = self.get(f"/readyz?seat={seat}")
                replicas = answer.json().get("replicas", {}).values() if answer.status_code == 200 else ()
                if [replica["ready"] for replica in replicas] != [True, True]:
                    return False
        except (httpx.TransportError, ValueError):
            return False
        return True


def _started_s(pid: int) -> float:
    """When a process started, in seconds since 1970, as the system says."""
    boot_s = int(re.search(r"btime (\d+)", Path("/proc/stat").read_text())[1])
    return boot_s + int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]) / os.sysconf("SC_CLK_TCK")


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
