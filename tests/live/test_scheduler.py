"""The policy of who draws next, with a clock that only moves when the test says so."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sprint_live.live.request import DrawRequest, Settings
from sprint_live.live.scheduler import Scheduler
from sprint_live.live.strokes import Stroke, Tool


class Clock:
    now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def drawing(num_points: int, prompt: str = "a cat") -> DrawRequest:
    return DrawRequest((Stroke(1, Tool.BRUSH, 96, bytes(10 * num_points)),), Settings(prompt=prompt))


def scheduler(engine_s: float = 0.05) -> tuple[Scheduler, Clock]:
    clock = Clock()
    policy = Scheduler(clock)
    policy.finish(engine_s)
    return policy, clock


def test_the_first_change_runs_at_once():
    policy, _ = scheduler()
    assert policy.take() is None and policy.wake_after_s() is None
    assert policy.offer(b"a", drawing(1), 1, pen_down=True)
    assert policy.wake_after_s() == 0
    job = policy.take()
    assert (job.session_id, job.op_seq, job.waited_s) == (b"a", 1, 0.0)


def test_one_job_at_a_time_and_the_newest_wins():
    policy, clock = scheduler()
    policy.offer(b"a", drawing(1), 1, pen_down=True)
    policy.take()
    for n in range(2, 10):
        policy.offer(b"a", drawing(n), n, pen_down=True)
        clock.now_s += 0.005
        assert policy.take() is None
    policy.finish(0.05)
    job = policy.take()
    assert job.op_seq == 9 and job.request == drawing(9)
    policy.finish(0.05)
    assert policy.take() is None


def test_an_equal_request_is_not_drawn_twice_but_again_after_another():
    policy, _ = scheduler()
    policy.offer(b"a", drawing(1), 1)
    policy.take()
    assert not policy.offer(b"a", drawing(1), 2)
    policy.finish(0.05)
    assert policy.take() is None
    policy.offer(b"a", drawing(2), 3)
    assert not policy.offer(b"a", drawing(1), 4)  # undone before it was started: what is on show is right
    assert policy.take() is None
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
    assert policy.take() is None
    assert policy.offer(b"a", drawing(1), 4)


def test_sessions_take_turns():
    policy, _ = scheduler()
    order = []
    for n in range(1, 13):
        for session_id in (b"a", b"b", b"c"):
            policy.offer(session_id, drawing(n), n, pen_down=True)
        order.append(policy.take().session_id)
        policy.finish(0.05)
    assert order == [b"a", b"b", b"c"] * 4


def test_a_session_that_does_not_acknowledge_waits_and_blocks_nobody():
    policy, _ = scheduler()
    policy.block(b"a", True)
    policy.offer(b"a", drawing(1), 1)
    assert policy.take() is None and policy.wake_after_s() is None
    policy.offer(b"b", drawing(1), 1)
    assert policy.take().session_id == b"b"
    policy.finish(0.05)
    policy.offer(b"a", drawing(5), 5)
    policy.block(b"a", False)
    assert policy.take().op_seq == 5


def test_a_failed_request_is_not_tried_again_until_something_changes():
    policy, _ = scheduler()
    policy.offer(b"a", drawing(1), 1)
    policy.take()
    policy.finish(None)
    assert not policy.offer(b"a", drawing(1), 2) and policy.take() is None
    assert policy.offer(b"a", drawing(2), 3) and policy.take() is not None


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
    assert policy.take() is not None  # the first change runs at once all the same
    policy.finish(2.0)
    policy.offer(b"a", drawing(2), 2, pen_down=True)
    assert policy.take() is None and abs(policy.wake_after_s() - 0.25) < 1e-9
    clock.now_s += 0.25
    assert policy.take().op_seq == 2
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
    assert policy.take() is not None  # the pen is up: at once


EVENT = st.one_of(
    st.tuples(st.just("offer"), st.sampled_from([b"a", b"b"]), st.integers(0, 5), st.booleans()),
    st.tuples(st.just("block"), st.sampled_from([b"a", b"b"]), st.booleans()),
    st.sampled_from([("take",), ("finish",)]),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(EVENT, max_size=60), st.sampled_from([0.05, 2.0]))
def test_whatever_happens_the_last_state_of_everybody_is_drawn(events, engine_s):
    policy, clock = scheduler(engine_s)
    wanted, drawn, seq, running = {}, {}, 0, None
    for event in events:
        clock.now_s += 0.01
        seq += 1
        if event[0] == "offer":
            wanted[event[1]] = drawing(event[2])
            policy.offer(event[1], wanted[event[1]], seq, pen_down=event[3])
        elif event[0] == "block":
            policy.block(event[1], event[2])
        elif event[0] == "take" and (job := policy.take()):
            assert running is None
            running = job.session_id
            drawn[running] = job.request
        elif event[0] == "finish" and running is not None:
            policy.finish(engine_s)
            running = None
    for session_id in (b"a", b"b"):
        policy.block(session_id, False)
    if running is not None:
        policy.finish(engine_s)
    for _ in range(10):
        clock.now_s += 5
        if job := policy.take():
            drawn[job.session_id] = job.request
            policy.finish(engine_s)
    for session_id, request in wanted.items():
        assert request.blank or drawn[session_id] == request
