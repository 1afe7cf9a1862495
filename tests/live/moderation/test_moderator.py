"""Checks of prompts and pictures: told in words, never a swap, asked once, off the engine's way,
and no answer is a no.
"""

from __future__ import annotations

import asyncio
import threading
import time
from types import SimpleNamespace

import pytest

from sprint_live.errors import ArgumentError
from sprint_live.live.moderation import checks, moderator
from sprint_live.live.moderation.checks import check_names, load_check
from sprint_live.live.moderation.moderator import Moderator
from sprint_live.live.wire import protocol as wire
from support.client import Client
from support.drawn import LINE, OTHER, expected_code
from support.standin import StandInEngine


@pytest.fixture
def word_list(tmp_path):
    path = tmp_path / "words.txt"
    path.write_text("# what we do not draw\nwasp\nred  Scarf # a phrase\n\n")
    return path


@pytest.mark.parametrize(
    ("prompt", "word"),
    [
        ("a WASP", "wasp"),
        ("wasp", "wasp"),
        ("a ｗａｓｐ, please", "wasp"),
        ("a wa\u200bsp", "wasp"),
        ("a wásp", "wasp"),
        ("the red-scarf", "red scarf"),
        ("wasps", None),
        ("a red hat and a scarf", None),
        ("", None),
    ],
)
def test_a_word_is_found_whatever_its_dress_and_only_as_a_whole_word(word_list, prompt, word):
    answer = load_check(f"words={word_list}").prompt(prompt)
    assert (repr(word) in answer and answer.endswith("choose other words.")) if word else answer == ""


def test_a_list_that_is_not_there_or_empty_and_a_check_nobody_wrote_are_refused(tmp_path):
    (tmp_path / "empty").write_text("# nothing\n")
    for named, said in (
        (f"words={tmp_path}/missing", "words="),
        (f"words={tmp_path}/empty", "without a word"),
        ("words", "FileNotFound|IsADirectory"),
        ("magic", "words"),
    ):
        with pytest.raises(ArgumentError, match=said):
            load_check(named)
    assert "words" in check_names()


def test_another_package_brings_a_check(monkeypatch):
    brought = SimpleNamespace(
        name="model",
        load=lambda: SimpleNamespace(
            TITLE="a model", load=lambda argument: SimpleNamespace(picture=lambda jpeg: argument)
        ),
    )
    nothing = SimpleNamespace(
        name="nothing", load=lambda: SimpleNamespace(TITLE="none", load=lambda argument: object())
    )
    monkeypatch.setattr(
        checks, "entry_points", lambda group: [brought, nothing] if group == "sprint_live.checks" else []
    )
    assert load_check("model=No such pictures.").picture(b"") == "No such pictures." and set(check_names()) == {
        "model",
        "nothing",
        "words",
    }
    with pytest.raises(ArgumentError, match="checks nothing"):
        load_check("nothing")


def test_a_prompt_is_asked_about_once_and_nobody_without_checks():
    asked = []

    def prompt(text: str) -> str:
        asked.append((text, threading.current_thread().name))
        time.sleep(0.05)
        return "No." if text == "bad" else ""

    async def scenario() -> None:
        guarded = Moderator([SimpleNamespace(prompt=prompt)])
        assert guarded.known("bad") is None
        assert await asyncio.gather(guarded.prompt("bad"), guarded.prompt("bad"), guarded.prompt("good")) == [
            "No.",
            "No.",
            "",
        ]
        assert guarded.known("bad") == "No." and guarded.known("good") == "" and await guarded.prompt("bad") == "No."
        assert await guarded.picture(lambda: pytest.fail("no check looks at pictures")) == ""
        guarded.close()
        assert Moderator().known("anything") == "" and await Moderator().prompt("anything") == ""

    asyncio.run(scenario())
    assert [text for text, _ in asked] == ["bad", "good"] and all(name.startswith("check") for _, name in asked)


def test_a_check_that_fails_or_dawdles_refuses_in_words_and_is_asked_again(monkeypatch):
    def broken(text: str) -> str:
        raise RuntimeError("the-secret-giraffe")

    async def scenario() -> None:
        fails = Moderator([SimpleNamespace(prompt=broken)])
        assert (
            "failed" in await fails.prompt("x")
            and "giraffe" not in await fails.prompt("x")
            and fails.known("x") is None
        )
        slow = Moderator([SimpleNamespace(picture=lambda jpeg: time.sleep(0.5) or "")], within_s=0.05)
        assert "took too long" in await slow.picture(lambda: b"")

    asyncio.run(scenario())


def test_old_answers_make_room(monkeypatch):
    monkeypatch.setattr(moderator, "REMEMBERED", 3)

    async def scenario() -> None:
        guarded = Moderator([SimpleNamespace(prompt=lambda text: "")])
        for i in range(5):
            await guarded.prompt(str(i))
        assert [guarded.known(str(i)) for i in range(5)] == [None, None, "", "", ""]

    asyncio.run(scenario())


def test_a_refused_prompt_is_told_and_not_drawn_and_other_words_are(start_server, word_list):
    engine = StandInEngine(0.02)
    server = start_server(engine=engine, checks=[f"words={word_list}"])
    server.wait_until("/readyz")
    with Client(server.base) as person, Client(server.base) as other:
        person.settings(prompt="a wasp")
        person.draw(1, LINE)
        assert "'wasp'" in person.receive(wire.ErrorText).text
        person.settle()
        for i in range(20):  # a pen that draws on is not told at every point
            person.draw(i + 2, [(i * 9, 9), (500, 500)])
        person.settle()
        assert sum(isinstance(said, wire.ErrorText) for said in person.said) <= 3 and not person.frames
        other.settings(prompt="a bee")
        other.draw(1, LINE)
        other.settle()
        assert other.code == expected_code({1: LINE}, "a bee")
        assert {call["prompt"] for call in engine.calls} == {"a bee"}
        person.op(wire.ClearAll)
        person.settings(prompt="a bee")
        person.draw(30, OTHER)
        person.settle()
        assert person.frames and engine.calls[-1]["prompt"] == "a bee"


def test_people_wait_for_their_own_check_only(start_server, monkeypatch):
    """While one prompt is with a slow check, the engine draws for somebody whose words are known."""
    gate, looked = threading.Event(), []

    def prompt(text: str) -> str:
        if text == "slow words":
            gate.wait(10)
        return ""

    def picture(jpeg: bytes) -> str:
        looked.append((len(jpeg), gate.is_set()))
        return (
            "This picture is not shown." if [later for _, later in looked].count(True) == 1 else ""
        )  # the first one after the gate

    monkeypatch.setattr(
        "sprint_live.live.server.server.load_check", lambda named: SimpleNamespace(prompt=prompt, picture=picture)
    )
    server = start_server(engine=StandInEngine(0.02), checks=["mine"])
    server.wait_until("/readyz")
    with Client(server.base) as one, Client(server.base) as two:
        two.settings(prompt="known")
        two.draw(1, LINE)
        two.settle()
        one.settings(prompt="slow words")
        one.draw(1, LINE)
        while one.receive(wire.Status).text != "checking the words":
            pass
        two.draw(2, OTHER)
        two.settle()
        assert two.code == expected_code({1: LINE, 2: OTHER}, "known") and not one.frames
        gate.set()
        text = one.receive(wire.ErrorText).text
        assert text == "This picture is not shown." and not one.frames
        one.draw(2, OTHER)
        one.settle()
        assert one.code == expected_code({1: LINE, 2: OTHER}, "slow words") and looked[0][0] > 1000
