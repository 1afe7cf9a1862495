"""Two replicas on this machine: a person stays with theirs, a replica is killed in the middle of a stroke,
and all go on drawing.
"""

from __future__ import annotations

import os
import re
import signal
import time
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from sprint_live.live.canvas.journal import Journal
from sprint_live.live.canvas.strokes import Stroke, Tool
from sprint_live.live.wire import protocol as wire
from sprint_live.live.wire.restore import restore_messages
from support.client import Client
from support.drawn import LINE, OTHER, expected_code, wire_points

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # Ray's own
SEATS = [f"seat-{i}" for i in range(16)]
PATIENT_S = 60.0
SECRET = "the-secret-giraffe-wears-a-blue-hat"


def test_requests_hash_by_their_seat_or_by_who_sends_them():
    pytest.importorskip("ray")
    from sprint_live.cluster.seats import seat_of

    scope = {"query_string": b"token=x&seat=a%20b", "client": ("203.0.113.4", 1)}
    assert seat_of(scope) == "seat a b" and seat_of({**scope, "query_string": b"token=x"}) == "address 203.0.113.4"
    assert len(seat_of({**scope, "query_string": b"seat=" + b"x" * 9999})) < 99 and seat_of({}) == "address "


def test_a_replica_more_or_less_moves_only_the_seats_that_it_takes_or_leaves():
    pytest.importorskip("ray")
    from ray.serve._private.common import DeploymentID, ReplicaID

    from sprint_live.cluster.seats import SeatRouter, seat_of

    a, b, c = (ReplicaID(name, DeploymentID("canvas", "sprint-live")) for name in "abc")
    router = SeatRouter.__new__(SeatRouter)
    router._deployment_id, router._num_virtual_nodes, router._num_fallback_replicas = a.deployment_id, 100, 2

    def seated(*replicas: ReplicaID) -> list[ReplicaID]:
        router._rebuild_ring(frozenset(replicas))
        return [router._lookup_ranked_replicas(seat_of({"query_string": f"seat={i}".encode()}))[0] for i in range(600)]

    two, three, back = seated(a, b), seated(a, b, c), seated(a, c)
    assert all(new in (old, c) for old, new in zip(two, three, strict=True)) and 0.2 < three.count(c) / 600 < 0.5
    assert all(new == old for old, new in zip(three, back, strict=True) if old != b)
    assert all(0.3 < two.count(replica) / 600 < 0.7 for replica in (a, b))


def test_whoever_comes_back_to_their_seat_finds_their_drawing(cluster):
    known = {}
    for seat in SEATS:
        with Client(cluster.base, seat=seat, open_timeout=PATIENT_S) as client:
            client.draw(1, LINE)
            client.settle(PATIENT_S)
            assert client.code == expected_code({1: LINE})
            known[seat] = client.welcome.session_id
    assert len(set(known.values())) == len(SEATS)
    resumed = {}
    for seat, session_id in known.items():
        with Client(cluster.base, session_id, seat=seat, open_timeout=PATIENT_S) as back:
            resumed[seat] = back.welcome.resumed
    assert all(resumed.values())
    elsewhere = 0
    for seat, session_id in known.items():  # by another seat, about half of them reach the other replica
        with Client(cluster.base, session_id, seat="x" + seat, open_timeout=PATIENT_S) as stranger:
            elsewhere += not stranger.welcome.resumed
    assert 0 < elsewhere < len(SEATS)


def test_the_gate_stands_before_every_replica(cluster):
    for seat in SEATS[:4]:
        with pytest.raises(InvalidStatus) as refused:
            Client(cluster.base, seat=seat, origin="https://evil.example")
        assert refused.value.response.status_code == 403
        rebound = {"Host": "evil.example"}
        assert httpx.get(f"{cluster.base}/?seat={seat}", headers=rebound, trust_env=False).status_code == 403
        assert httpx.post(f"{cluster.base}/config?seat={seat}", trust_env=False).status_code == 405
        page = httpx.get(f"{cluster.base}/?seat={seat}", trust_env=False, timeout=PATIENT_S)
        assert page.status_code == 200 and "frame-ancestors" in page.headers["content-security-policy"]


def test_one_scrape_has_every_replica_by_name_and_one_ready_replica_makes_the_cluster_ready(cluster):
    ready = [cluster.get(f"/readyz?seat={seat}").json() for seat in SEATS]
    names = set(ready[0]["replicas"])
    assert len(names) == 2 and {one["asked"] for one in ready} == names
    assert all(one["ready"] and set(one["replicas"]) == names for one in ready)
    people = {seat: Client(cluster.base, seat=seat, open_timeout=PATIENT_S) for seat in SEATS}
    time.sleep(1.1)  # answers are kept for a second
    for seat in SEATS[:4]:  # whoever is asked, the answer is the same whole
        told = cluster.get(f"/metrics?seat={seat}").text
        connections = dict(re.findall(r'^sprint_live_connections{replica="(\w+)"} (\S+)', told, flags=re.MULTILINE))
        assert set(connections) == names and sum(map(float, connections.values())) == len(SEATS)
        assert all(float(number) > 0 for number in connections.values())
        assert told.count("# TYPE sprint_live_connections gauge") == 1
    for person in people.values():
        person.close()


def test_a_message_over_the_limit_and_a_broken_rule_end_only_their_connection(cluster):
    with Client(cluster.base, seat="good") as good:
        for data, code in ((bytes((1 << 20) + 1), 1009), ("text", 1003), (b"", 1007)):
            with Client(cluster.base, seat="good") as bad:
                with pytest.raises(ConnectionClosed) as closed:
                    bad.socket.send(data)
                    while True:
                        bad.next(PATIENT_S)
                assert closed.value.rcvd.code == code
        good.draw(1, LINE)
        good.settle(PATIENT_S)


def test_a_replica_killed_in_the_middle_of_a_stroke_costs_nobody_a_line(cluster):
    people = {seat: Client(cluster.base, seat=seat, open_timeout=PATIENT_S) for seat in SEATS}
    drawn = {seat: [(100 + 10 * i, 100 + 40 * i) for i in range(4)] for seat in SEATS}
    for seat, person in people.items():
        person.draw(1, drawn[seat], lift=False)
        person.receive(wire.FrameReady, PATIENT_S)
    before = set(cluster.replicas())
    assert len(before) == 2
    os.kill(min(before), signal.SIGKILL)

    cut_off = []
    for seat, person in people.items():  # everybody draws on: who was cut off notices, who was not does not
        drawn[seat].append((800, 300))
        try:
            person.op(wire.Points, 1, wire_points(drawn[seat][-1:]))
            person.op(wire.End, 1)
            person.settle(5)
            assert person.code == expected_code({1: drawn[seat]})
        except (ConnectionClosed, TimeoutError, AssertionError):
            cut_off.append(seat)
    assert 0 < len(cut_off) < len(SEATS)

    begin_s = time.monotonic()
    for seat in cut_off:  # what the page does: come back, and resend the journal since nobody knows it
        journal = Journal().begin(Stroke(1, Tool.BRUSH, 96)).append(1, wire_points(drawn[seat])).end(1)
        back = _come_back(cluster.base, people[seat].welcome.session_id, seat)
        with back:
            assert not back.welcome.resumed and back.welcome.session_id != people[seat].welcome.session_id
            for message in restore_messages(journal, back.seq + 1):
                back.send(message)
                back.seq = message.seq
            back.settle(PATIENT_S)
            assert back.code == expected_code({1: drawn[seat]})
            back.draw(2, OTHER)
            back.settle(PATIENT_S)
            assert back.code == expected_code({1: drawn[seat], 2: OTHER})
    assert time.monotonic() - begin_s < PATIENT_S  # healed within the minute of promise 10
    for person in people.values():
        person.close()

    while len(set(cluster.replicas()) - {min(before)}) < 2:  # and another replica takes the place of the dead
        assert time.monotonic() - begin_s < 4 * PATIENT_S
        time.sleep(0.5)


def _come_back(base: str, session_id: bytes, seat: str) -> Client:
    end_s = time.monotonic() + PATIENT_S
    while True:
        try:
            return Client(base, session_id, seat=seat, open_timeout=10)
        except (InvalidStatus, ConnectionClosed, TimeoutError, AssertionError, OSError):
            assert time.monotonic() < end_s
            time.sleep(0.25)


def test_sigterm_closes_with_1012_exits_with_0_and_leaves_no_words_in_any_log(cluster):
    with Client(cluster.base, seat="last", open_timeout=PATIENT_S) as person:
        person.settings(prompt=SECRET)
        person.draw(1, LINE)
        person.settle(PATIENT_S)
        cluster.process.send_signal(signal.SIGTERM)
        with pytest.raises(ConnectionClosed) as closed:
            while True:
                person.next(30)
        assert closed.value.rcvd.code == 1012
    assert cluster.end() == 0
    [folder] = set(re.findall(r"session_dir=(\S+)", cluster.ray_command)) or {""}
    files = [cluster.log, *(path for path in Path(folder).rglob("*") if path.is_file())]
    assert len(files) > 5
    for path in files:
        told = path.read_bytes()
        assert SECRET.encode() not in told and person.welcome.session_id.hex().encode() not in told, path
