"""What Ray Serve is told for a plan, and what is refused before anything starts."""

from __future__ import annotations

import socket

import pytest

from sprint_live.cli import main
from sprint_live.cluster import run
from sprint_live.cluster.plan import BESIDE_SOCKETS, ClusterPlan
from sprint_live.errors import ArgumentError, PortInUseError


def test_a_fixed_number_of_replicas_does_not_scale():
    options = ClusterPlan(replicas=3, max_replicas=3, people=10, gpus=1).options()
    assert options["num_replicas"] == 3 and "autoscaling_config" not in options
    assert options["ray_actor_options"]["num_gpus"] == 1
    assert options["max_ongoing_requests"] == 10 + BESIDE_SOCKETS  # our own 503, with Retry-After, comes first


def test_more_people_start_more_replicas_before_the_first_are_full():
    options = ClusterPlan(replicas=1, max_replicas=4, people=20).options()
    scaling = options["autoscaling_config"]
    assert "num_replicas" not in options and (scaling["min_replicas"], scaling["max_replicas"]) == (1, 4)
    assert 1 <= scaling["target_ongoing_requests"] < 20


@pytest.mark.parametrize(
    "values", [{"replicas": 0}, {"replicas": 2, "max_replicas": 1}, {"people": 0}, {"gpus": -1}, {"gpus": 1.5}]
)
def test_numbers_out_of_range_are_refused(values):
    with pytest.raises(ArgumentError, match="accepted.*fix"):
        ClusterPlan(**values)


def test_a_replica_for_each_gpu_and_never_more_than_there_are():
    assert ClusterPlan().fitted(3) == ClusterPlan(replicas=3, max_replicas=3, gpus=1)
    assert ClusterPlan(gpus=2).fitted(5).replicas == 2
    with pytest.raises(ArgumentError, match="no GPU.*--replicas"):
        ClusterPlan().fitted(0)
    with pytest.raises(ArgumentError, match="2 replicas with 1 GPU each.*1 GPUs"):
        ClusterPlan(replicas=2).fitted(1)
    with pytest.raises(ArgumentError, match="1 replicas with 4 GPU each.*2 GPUs"):
        ClusterPlan(gpus=4).fitted(2)
    assert ClusterPlan(replicas=2, people=9).fitted(0) == ClusterPlan(replicas=2, max_replicas=2, people=9, gpus=0)
    assert ClusterPlan(replicas=1, max_replicas=4).fitted(2).max_replicas == 4


def test_a_gpu_is_shared_by_as_many_replicas_as_its_fraction_holds():
    assert ClusterPlan(gpus=0.5).fitted(2) == ClusterPlan(replicas=4, max_replicas=4, gpus=0.5)
    assert ClusterPlan(gpus=0.4).fitted(3).replicas == 6  # the fifth that is left of each holds none
    assert ClusterPlan(gpus=1 / 3).fitted(1).replicas == 3
    assert ClusterPlan(gpus=0.5, replicas=1, max_replicas=2).fitted(1).options()["ray_actor_options"]["num_gpus"] == 0.5
    with pytest.raises(ArgumentError, match="3 replicas with 0.4 GPU each.*1 GPUs"):
        ClusterPlan(gpus=0.4, replicas=3).fitted(1)


@pytest.mark.parametrize(
    ("arguments", "gpus"), [([], None), (["--gpus-a-replica", "0.5"], 0.5), (["--device", "cpu"], 0)]
)
def test_the_command_passes_its_options_on(monkeypatch, arguments, gpus):
    served = []
    monkeypatch.setattr(run, "serve_cluster", lambda loader, plan, **options: served.append(plan))
    assert main(["cluster", "--replicas", "2", "--max-replicas", "5", "--people", "9", *arguments]) == 0
    assert served == [ClusterPlan(replicas=2, max_replicas=5, people=9, gpus=gpus)]


def test_pages_of_other_origins_may_use_a_cluster_that_allows_them(monkeypatch, capsys):
    served, asked = [], []
    monkeypatch.setattr(run, "serve_cluster", lambda loader, plan, **options: served.append(options["allow_origins"]))
    origins = ["https://draw.example.org:8443", "https://other.example"]
    assert main(["cluster", *(part for origin in origins for part in ("--allow-origin", origin))]) == 0
    assert served == [origins]
    monkeypatch.undo()

    def ends_here() -> None:
        raise ArgumentError("far enough")

    policy_of = run.access_policy
    monkeypatch.setattr(run, "_require_ray", ends_here)
    monkeypatch.setattr(run, "access_policy", lambda *args, **more: asked.append(policy_of(*args, **more)))
    assert main(["cluster", "--allow-origin", origins[0]]) == 2
    assert asked[0].origins == {origins[0]}
    assert main(["cluster", "--allow-origin", "draw.example.org"]) == 2
    assert "got the origin 'draw.example.org'" in capsys.readouterr().err


def test_a_taken_port_is_said_before_ray_starts():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(PortInUseError, match="try --port"):
            run._require_free("127.0.0.1", taken.getsockname()[1])


def test_gpus_for_replicas_that_draw_on_the_cpu_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cluster", "--device", "cpu", "--gpus-a-replica", "0.5"]) == 2
    assert "--device cpu --gpus-a-replica 0.5" in capsys.readouterr().err
