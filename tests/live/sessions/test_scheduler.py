"""The policy of who draws next, with a clock that only moves when the test says so."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sprint_live.live.canvas.draw_request import DrawRequest, Settings
from sprint_live.live.canvas.strokes import Stroke, Tool
from support.clock import Clock
from support.turns import NamedTurns


def drawing(num_points: int, prompt: str = "a cat") -> DrawRequest:
    return DrawRequest.of((Stroke(1, Tool.BRUSH, 96, bytes(10 * num_points)),), Settings(prompt=prompt))


def scheduler(engine_s: float = 0.05) -> tuple[NamedTurns, Clock]:
    clock = Clock()
    policy = NamedTurns(clock)
    policy.finish(engine_s)
    return policy, clock


def test_the_first_change_runs_at_once():
    policy, _ = scheduler()
    assert not policy.take() and policy.wake_after_s() is None
    assert policy.offer(b"a", drawing(1), 1, pen_down=True)
    assert policy.wake_after_s() == 0
    [job] = policy.take()
    assert (job.session_id, job.op_seq, job.waited_s) == (b"a", 1, 0.0)


def test_one_job_at_a_time_and_the_newest_wins():
    policy, clock = scheduler()
    policy.offer(b"a", drawing(1), 1, pen_down=True)
    policy.take()
    for n in range(2, 10):
        policy.offer(b"a", drawing(n), n, pen_down=True)
        clock.now_s += 0.005
        assert not policy.take()
    policy.finish(0.05)
    [job] = policy.take()
    assert job.op_seq == 9 and job.request == drawing(9)
    policy.finish(0.05)
    assert not policy.take()


def test_an_equal_request_is_not_drawn_twice_but_again_after_another():
    policy, _ = scheduler()
    policy.offer(b"a", drawing(1), 1)
    policy.take()
    assert not policy.offer(b"a", drawing(1), 2)
    policy.finish(0.05)
    assert not policy.take()
    policy.offer(b"a", drawing(2), 3)
    assert not policy.offer(b"a", drawing(1), 4)  # undone before it was started: what is on show is right
    assert not policy.take()
    assert policy.offer(b"a", drawing(1, "a dog"), 5)
    policy.take()
    policy.finish(0.05)
    assert policy.offer(b"a", drawing(1), 6)


def test_blank_paper_is_not_drawn_and_the_same_drawing_after_it_is():
    policy, _ = scheduler()
    policy.offer(b"a", drawing(1), 1)
    policy.take()
    policy.finish(0.05)
    policy.offer(b"a", drawing(2), 2)
    assert not policy.offer(b"a", DrawRequest(), 3)
    assert not policy.take()
    assert policy.offer(b"a", drawing(1), 4)


def test_sessions_take_turns():
    policy, _ = scheduler()
    order = []
    for n in range(1, 13):
        for session_id in (b"a", b"b", b"c"):
            policy.offer(session_id, drawing(n), n, pen_down=True)
        order.append(policy.take()[0].session_id)
        policy.finish(0.05)
    assert order == [b"a", b"b", b"c"] * 4


def test_a_session_that_does_not_acknowledge_waits_and_blocks_nobody():
    policy, _ = scheduler()
    policy.block(b"a", True)
    policy.offer(b"a", drawing(1), 1)
    assert not policy.take() and policy.wake_after_s() is None
    policy.offer(b"b", drawing(1), 1)
    assert policy.take()[0].session_id == b"b"
    policy.finish(0.05)
    policy.offer(b"a", drawing(5), 5)
    policy.block(b"a", False)
    assert policy.take()[0].op_seq == 5


def test_a_failed_request_is_not_tried_again_until_something_changes():
    policy, _ = scheduler()
    policy.offer(b"a", drawing(1), 1)
    policy.take()
    policy.finish(None)
    assert not policy.offer(b"a", drawing(1), 2) and not policy.take()
    assert policy.offer(b"a", drawing(2), 3) and policy.take()


def test_after_a_reconnect_the_same_drawing_is_drawn_again():
    policy, _ = scheduler()
    policy.offer(b"a", drawing(1), 1)
    policy.take()
    policy.finish(0.05)
    policy.renew(b"a")
    assert policy.offer(b"a", drawing(1), 2)


def test_a_slow_engine_waits_for_a_pause_of_the_pen_but_not_for_ever():
    policy, clock = scheduler(engine_s=2.0)
    policy.offer(b"a", drawing(1), 1, pen_down=True)
    assert policy.take()  # the first change runs at once all the same
    policy.finish(2.0)
    policy.offer(b"a", drawing(2), 2, pen_down=True)
    assert not policy.take() and abs(policy.wake_after_s() - 0.25) < 1e-9
    clock.now_s += 0.25
    assert policy.take()[0].op_seq == 2
    policy.finish(2.0)
    start_s, seq = clock.now_s, 2
    while True:
        seq += 1
        policy.offer(b"a", drawing(seq), seq, pen_down=True)
        if policy.take():
            break
        clock.now_s += 0.1
    assert 2.9 <= clock.now_s - start_s <= 3.1
    policy.finish(2.0)
    policy.offer(b"a", drawing(seq + 1), seq + 1, pen_down=False)
    assert policy.take()  # the pen is up: at once


def sized(num_points: int, size: int) -> DrawRequest:
    return DrawRequest.of((Stroke(1, Tool.BRUSH, 96, bytes(10 * num_points)),), Settings(width=size, height=size))


def taken(policy: NamedTurns, at_most: int) -> bytes:
    return b"".join(job.session_id for job in policy.take(at_most))


def test_who_waits_for_the_same_kind_of_picture_shares_a_call():
    policy, _ = scheduler()
    for session_id, size in ((b"a", 1024), (b"b", 512), (b"c", 1024), (b"d", 1024), (b"e", 512)):
        policy.offer(session_id, sized(1, size), 1)
    assert taken(policy, 2) == b"ac" and policy.running == {b"a", b"c"}
    assert not policy.take(2)  # one call at a time
    policy.finish(0.05)
    assert policy.wait_s(1) == 0 and policy.wait_s(2) == 0.05  # two by two
    assert taken(policy, 2) == b"be"
    policy.finish(0.05)
    policy.offer(b"a", sized(2, 1024), 2)
    assert taken(policy, 2) == b"da"  # who has just had a picture stands behind
    policy.finish(0.05)
    assert not policy.take(2) and not policy.running


def test_a_shared_call_takes_nobody_who_may_not_draw_and_waits_for_nobody():
    policy, _ = scheduler()
    for session_id in (b"a", b"b", b"c"):
        policy.offer(session_id, sized(1, 1024), 1)
    policy.block(b"b", True)
    policy.offer(b"c", sized(5, 1024), 5)
    jobs = policy.take(8)
    assert [(job.session_id, job.op_seq) for job in jobs] == [(b"a", 1), (b"c", 5)]
    policy.finish(0.05)
    policy.block(b"b", False)
    assert taken(policy, 8) == b"b"  # alone: a full call is not waited for


def test_who_may_have_broken_a_call_is_drawn_alone_until_it_went_well():
    policy, _ = scheduler()
    policy.block(b"d", False)  # somebody who was there before and draws nothing yet
    for session_id in (b"a", b"b", b"c"):
        policy.offer(session_id, sized(1, 1024), 1)
    policy.take(3)
    policy.finish(None)
    for session_id in (b"a", b"b"):
        policy.renew(session_id, alone=True)
    for session_id in (b"c", b"a", b"b", b"d"):
        policy.offer(session_id, sized(2, 1024), 2)
    calls = []
    for _ in range(3):
        calls.append(taken(policy, 3))
        policy.finish(0.05)
    assert calls == [b"dc", b"a", b"b"]
    for session_id in (b"a", b"b", b"c"):
        policy.offer(session_id, sized(3, 1024), 3)
    assert taken(policy, 3) == b"cab"


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(b"abcdefgh"), st.sampled_from([512, 768, 1024])), max_size=60), st.integers(1, 4)
)
def test_nobody_waits_for_more_calls_than_people(offers, at_most):
    """Whatever is asked for: from his offer on, everyone is in one of the next calls, as many as there are people."""
    policy, _ = scheduler()
    waits: dict[int, int] = {}
    for seq, (person, size) in enumerate(offers, 1):
        if policy.offer(bytes([person]), sized(seq, size), seq):
            waits.setdefault(person, 0)
        if seq % 3 == 0:
            jobs = policy.take(at_most)
            assert len(jobs) <= at_most and len({job.request.batch_key for job in jobs}) <= 1
            assert len({job.session_id for job in jobs}) == len(jobs)
            for job in jobs:
                del waits[job.session_id[0]]
            waits = {one: calls + 1 for one, calls in waits.items()}
            assert max(waits.values(), default=0) <= 8
            policy.finish(0.05)


EVENT = st.one_of(
    st.tuples(st.just("offer"), st.sampled_from([b"a", b"b"]), st.integers(0, 5), st.booleans()),
    st.tuples(st.just("block"), st.sampled_from([b"a", b"b"]), st.booleans()),
    st.sampled_from([("take",), ("finish",)]),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(EVENT, max_size=60), st.sampled_from([0.05, 2.0]), st.integers(1, 2))
def test_whatever_happens_the_last_state_of_everybody_is_drawn(events, engine_s, at_most):
    policy, clock = scheduler(engine_s)
    wanted, drawn, running = {}, {}, False
    for seq, event in enumerate(events, 1):
        clock.now_s += 0.01
        if event[0] == "offer":
            wanted[event[1]] = drawing(event[2])
            policy.offer(event[1], wanted[event[1]], seq, pen_down=event[3])
        elif event[0] == "block":
            policy.block(event[1], event[2])
        elif event[0] == "take" and (jobs := policy.take(at_most)):
            assert not running
            running = True
            drawn.update((job.session_id, job.request) for job in jobs)
        elif event[0] == "finish" and running:
            policy.finish(engine_s)
            running = False
    for session_id in (b"a", b"b"):
        policy.block(session_id, False)
    if running:
        policy.finish(engine_s)
    for _ in range(10):
        clock.now_s += 5
        if jobs := policy.take(at_most):
            drawn.update((job.session_id, job.request) for job in jobs)
            policy.finish(engine_s)
    for session_id, request in wanted.items():
        assert request.blank or drawn[session_id] == request
