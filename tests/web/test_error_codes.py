"""No exception reaches a person as bare English: each class goes through each place that tells the page about one."""

from __future__ import annotations

import ast
import asyncio
import importlib
import json
import pickle
import queue
import re
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

import sprint_live
from sprint_live import errors
from sprint_live.coded_text import MESSAGES, CodedText, body_of
from sprint_live.live.moderation.moderator import Moderator
from sprint_live.live.rendering import engine_process, gpu_leases, render
from sprint_live.live.rendering.drawing_engine import in_this_process
from sprint_live.live.rendering.worker import Worker
from sprint_live.live.security.rate_limits import LimitReached
from sprint_live.live.sessions.hub import Hub
from sprint_live.live.transports import gradio_events
from sprint_live.live.transports.client import farewell
from sprint_live.live.transports.long_poll import UnknownConnection
from sprint_live.live.wire.batches import pack_down, unpack_down
from sprint_live.live.wire.messages import ErrorText, Status
from sprint_live.live.wire.protocol import decode
from support.paths import ROOT, WEB
from support.standin import StandInEngine

PACKAGE = Path(sprint_live.__file__).parent
ENGLISH = "the weights are upside down"
WITH_THEIR_OWN_TEXT: dict[str, Callable[[], Exception]] = {
    "LimitReached": lambda: LimitReached(429, 1.0),
    "UnknownConnection": UnknownConnection,
}
NEVER_TOLD = {"ChildFailure"}
"""The cause of another error: only the log sees it."""
LANGUAGES = [
    json.loads((WEB / "languages" / "messages" / f"{name}.json").read_text("utf-8")) for name in ("en", "de", "fr")
]


def exception_classes() -> Iterator[type[Exception]]:
    """Every exception class that the source of sprint_live and controlnet defines."""
    known = {"Exception", "LookupError", "ValueError", "RuntimeError", "OSError"}
    found: dict[str, Path] = {}
    classes = [
        (path, node)
        for folder in (PACKAGE, ROOT / "controlnet")
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    ]
    grown = True
    while grown:
        grown = False
        for path, node in classes:
            if node.name not in found and known & {
                getattr(base, "id", getattr(base, "attr", "")) for base in node.bases
            }:
                found[node.name], grown = path, True
                known.add(node.name)
    for name, path in found.items():
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        yield getattr(importlib.import_module(module), name)


CLASSES = list(exception_classes())


def raised(kind: type[Exception]) -> Exception:
    return WITH_THEIR_OWN_TEXT.get(kind.__name__, lambda: kind(ENGLISH))()


def by_the_engines_process(error: Exception) -> CodedText:
    sent = pickle.loads(pickle.dumps(engine_process._told(error, "engine.failed")))
    return errors.told_by(engine_process._error(*sent))


def by_a_lease(error: Exception) -> CodedText:
    def draw_many(jobs: object) -> list[Exception]:
        return [error]

    before, gpu_leases._engine = gpu_leases._engine, SimpleNamespace(draw_many=draw_many)
    try:
        frame = pickle.loads(pickle.dumps(gpu_leases._drawn(typing.cast("typing.Any", None))))
    finally:
        gpu_leases._engine = before
    return errors.told_by(frame)


def by_a_model_that_does_not_load(error: Exception) -> CodedText:
    def fail() -> StandInEngine:
        raise error

    worker = Worker(in_this_process(fail))
    worker._load(worker._jobs)
    assert worker.state == "failed"
    return worker.failure


def by_a_job_of_the_worker(error: Exception) -> CodedText:
    """What a job that fails leaves in its future."""

    def fail(engine: object) -> None:
        raise error

    async def scenario() -> None:
        worker = Worker(in_this_process(StandInEngine))
        worker.start()
        try:
            await worker.use(fail, timeout_s=20)
        finally:
            worker.stop()

    with pytest.raises(errors.SprintLiveError) as failed:
        asyncio.run(scenario())
    return errors.told_by(failed.value)


def by_a_picture_that_fails(error: Exception) -> CodedText:
    """What a person's connection is sent."""
    sent: list[bytes] = []
    hub = Hub(Worker(in_this_process(StandInEngine)))
    hub.worker.state = "ready"
    session = hub.join(b"", SimpleNamespace(send=sent.append, close=lambda code, reason: None))
    client = hub.clients.get(session.session_id)
    hub._dispatcher._failed(client, SimpleNamespace(request=None), 0, error)
    [said] = [message.text for message in map(decode, sent) if isinstance(message, ErrorText)]
    return said


def by_a_gradio_event(error: Exception) -> CodedText:
    [message] = unpack_down(pack_down(gradio_events._refusal(typing.cast("typing.Any", error)))).messages
    said = decode(message)
    assert isinstance(said, ErrorText)
    return said.text


def by_an_owners_check(_: Exception) -> CodedText:
    async def answer() -> CodedText:
        return await Moderator([SimpleNamespace(prompt=lambda text: ENGLISH)]).prompt("a cat")

    return asyncio.run(answer())


def told(error: Exception) -> CodedText:
    said = errors.told_by(error)
    assert body_of(said)["code"] == said.code
    return said


OURS = (errors.SprintLiveError,)
EXITS: dict[str, tuple[Callable[[Exception], CodedText], tuple[type[Exception], ...]]] = {
    "live/rendering/engine_process.py _told": (by_the_engines_process, (Exception,)),
    "live/rendering/gpu_leases.py _drawn": (by_a_lease, (Exception,)),
    "live/rendering/gpu_leases.py _consume": (lambda error: errors.told_by(error, "gpu.none_because"), (Exception,)),
    "live/rendering/render.py _failure": (lambda error: errors.told_by(render._failure(error)), (Exception,)),
    "live/rendering/worker.py _load": (by_a_model_that_does_not_load, (Exception,)),
    "live/rendering/worker.py _serve": (by_a_job_of_the_worker, (Exception,)),
    "live/security/rate_limits.py _refuse": (told, (LimitReached,)),
    "live/server/photo_route.py photo_lines": (told, OURS),
    "live/server/timelapse_route.py timelapse": (told, OURS),
    "live/sessions/dispatcher.py _failed": (by_a_picture_that_fails, (Exception,)),
    "live/sessions/dispatcher.py _given_up": (told, (errors.EngineHung,)),
    "live/sessions/hub.py _pin": (told, (errors.ArgumentError,)),
    "live/sessions/session.py _give": (told, (errors.SketchError, errors.ArgumentError)),
    "live/sessions/session.py _checked_pin": (told, (errors.ArgumentError,)),
    "live/transports/client.py farewell": (lambda error: farewell(error)[1], (errors.InputError, errors.BusyError)),
    "live/transports/gradio_events.py _refusal": (by_a_gradio_event, gradio_events.REFUSALS),
    "live/transports/http_post.py live": (
        told,
        (UnknownConnection, errors.ProtocolError, LimitReached, errors.BusyError),
    ),
    "live/wire/decoding.py _read_settings": (told, (errors.ArgumentError,)),
}
"""Each place that makes words of an exception: what it makes of one, and the exceptions that come there."""
FOR_NO_PAGE = {
    "live/server/gradio_api.py _explained": "a program's call, for which Gradio has one text",
    "live/server/health.py readyz": "an operator's request",
    "live/server/health.py metrics": "an operator's request",
}
AS_A_PARAMETER = {"coded", "told_by"}


def functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """The innermost functions of live/, by file and name."""
    for path in sorted((PACKAGE / "live").rglob("*.py")):
        if "loadtest" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield f"{path.relative_to(PACKAGE).as_posix()} {node.name}", node


def own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """What a function does itself, without the functions in it."""
    for child in ast.iter_child_nodes(function):
        yield child
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from own_nodes(child)


def name_of(call: ast.expr) -> str:
    return getattr(call, "id", getattr(call, "attr", ""))


def makes_words(node: ast.AST) -> bool:
    """`told_by(...)`."""
    return isinstance(node, ast.Call) and name_of(node.func) == "told_by"


def shown_as_text(function: ast.AST) -> bool:
    """True if a function makes a text of an exception that it has caught, other than to fill a parameter of a code."""
    caught = {node.name for node in own_nodes(function) if isinstance(node, ast.ExceptHandler) and node.name}

    def shown(node: ast.AST) -> bool:
        if isinstance(node, ast.Call):
            if name_of(node.func) in AS_A_PARAMETER:
                return False
            if name_of(node.func) in ("str", "repr") and node.args and name_of(node.args[0]) in caught:
                return True
        if isinstance(node, ast.FormattedValue) and name_of(node.value) in caught:
            return True
        return any(shown(child) for child in ast.iter_child_nodes(node))

    return bool(caught) and any(shown(child) for child in ast.iter_child_nodes(function))


def test_every_place_that_makes_words_of_an_exception_is_walked_below():
    found = {name for name, function in functions() if any(map(makes_words, own_nodes(function)))}
    assert found == set(EXITS), f"not in EXITS: {sorted(found - set(EXITS))}; gone: {sorted(set(EXITS) - found)}"


def test_no_place_shows_the_english_of_an_exception_itself():
    found = {name for name, function in functions() if shown_as_text(function)}
    at_start = {name for name in found if name.startswith(("live/server/server.py", "live/moderation/checks/"))}
    assert found - at_start == set(FOR_NO_PAGE), "tell it with `told_by(error)`"


def test_what_goes_to_the_page_cannot_be_bare_english():
    """The types say so, and scripts/check holds everybody to them; a CodedText cannot be made without a code."""
    assert typing.get_type_hints(ErrorText)["text"] is CodedText
    assert typing.get_type_hints(Status)["text"] is CodedText
    with pytest.raises(TypeError):
        typing.cast("typing.Any", CodedText)(ENGLISH)


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_exception_is_told_with_a_code_that_every_language_has(kind):
    if kind.__name__ in NEVER_TOLD:
        return
    walked = 0
    for place, (exit_of, kinds) in EXITS.items():
        if not issubclass(kind, kinds):
            continue
        if issubclass(kind, errors.DeviceLost) and place.endswith("worker.py _serve"):
            continue  # the engine is started anew, and this text with it: test_faults.py
        said = exit_of(raised(kind))
        walked += 1
        assert isinstance(said, CodedText) and said.code in MESSAGES, f"{place}: {said!r}"
        assert all(said.code in language for language in LANGUAGES), f"{place}: {said.code}"
        assert set(re.findall(r"\{(\w+)\}", MESSAGES[said.code])) <= set(said.params), f"{place}: {said.code}"
        assert len(said) <= errors.MAX_CHARS
        if kind.__name__ not in WITH_THEIR_OWN_TEXT:
            assert ENGLISH in said.params["why"], f"{place}: {said.params}"
    assert walked


def test_an_owners_own_check_is_shown_in_the_owners_words():
    said = by_an_owners_check(ValueError())
    assert said.code == "check.refused" and said.params == {"why": ENGLISH}
    assert all(language["check.refused"] == "{why}" for language in LANGUAGES)


def test_a_refusal_of_the_control_branch_is_told_by_its_three_parts():
    refused = pickle.loads(pickle.dumps(errors.ArgumentError(errors.refusal(got="0", accepted="1", fix="2"))))
    said = errors.told_by(refused)
    assert said.code == "input.refused" and said.params == {"got": "0", "accepted": "1", "fix": "2"}
    assert said == str(refused) == "got 0; accepted: 1; fix: 2"


def test_a_long_text_of_another_package_is_cut():
    assert len(errors.told_by(ValueError("x" * 9000), "engine.failed")) == errors.MAX_CHARS
    assert queue.Empty("gone").args == ("gone",) and errors.told_by(queue.Empty("gone")).code == "failed.because"
