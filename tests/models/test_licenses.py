"""Terms are shown and acknowledged once, by their text, before anything is downloaded."""

from __future__ import annotations

import dataclasses
import io
import sys

import pytest

from sprint_live.cli import main
from sprint_live.errors import ArgumentError, LicenseError
from sprint_live.models import licenses
from sprint_live.models.choice import choose, must_ask, obtain
from sprint_live.models.zoo import find_model

MODEL = "sana-sprint-0.6b"


@pytest.fixture
def served(monkeypatch):
    """What `serve` was handed; empty where it was refused."""
    seen = []
    monkeypatch.setattr("sprint_live.live.serve", lambda load, **options: seen.append(load), raising=False)
    return seen


def test_the_released_models_name_their_three_licenses() -> None:
    for name in ("sana-sprint-0.6b", "sana-sprint-1.6b"):
        terms = find_model(name).terms
        assert [
            "NSCL v2-custom" in terms[0].name,
            "Terms of Use" in terms[1].name,
            "Prohibited Use" in terms[2].name,
        ] == [True] * 3
        text = licenses.terms_text(name, terms)
        for term in terms:
            assert term.url.startswith("https://") and term.name in text and term.url in text and term.meaning in text


def test_an_acknowledgment_is_remembered_for_that_text_only(empty_cache) -> None:
    terms = find_model(MODEL).terms
    assert not licenses.is_acknowledged("one", terms)
    licenses.acknowledge("one", terms)
    assert licenses.is_acknowledged("one", terms) and not licenses.is_acknowledged("two", terms)
    other = (dataclasses.replace(terms[0], meaning="Something else."), *terms[1:])
    assert not licenses.is_acknowledged("one", other)
    (empty_cache / "sprint-live" / licenses.RECORD_NAME).write_text("{broken")
    assert not licenses.is_acknowledged("one", terms)


def test_nothing_is_downloaded_without_it(hub) -> None:
    choice = choose("someone/sprint-random")
    with pytest.raises(
        LicenseError,
        match="someone/sprint-random .*acknowledged: .*https://huggingface.co/someone/sprint-random.*--accept-license",
    ):
        obtain(choice)
    assert not hub.requests
    assert obtain(choice, accept_license=True).is_dir()
    assert obtain(choice).is_dir() and must_ask(choice) is None  # remembered


@pytest.mark.parametrize(
    ("value", "accepted"), [("yes", True), ("YES", True), ("no", False), ("", False), ("0", False)]
)
def test_a_space_accepts_by_its_environment(empty_cache, monkeypatch, value: str, accepted: bool) -> None:
    monkeypatch.setenv(licenses.ACCEPT_VARIABLE, value)
    assert licenses.is_acknowledged("one", find_model(MODEL).terms) is accepted


def test_a_service_is_told_what_to_read(empty_cache, monkeypatch, served, capsys) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("yes\n"))  # no terminal: nobody can be asked
    assert main(["serve", "--no-open", "--model", MODEL]) == 1 and not served
    err = capsys.readouterr().err
    assert (
        "NSCL v2-custom" in err
        and "https://ai.google.dev/gemma/terms" in err
        and "--accept-license" in err.splitlines()[-1]
    )
    assert main(["serve", "--no-open", "--model", MODEL, "--accept-license"]) == 0 and served
    assert main(["serve", "--no-open", "--model", MODEL]) == 0


@pytest.mark.parametrize(("answer", "code"), [("yes\n", 0), ("no\n", 1), ("\n", 1), ("", 1)])
def test_a_person_at_a_terminal_is_asked(empty_cache, monkeypatch, served, capsys, answer: str, code: int) -> None:
    terminal = io.StringIO(answer)
    terminal.isatty = lambda: True
    monkeypatch.setattr(sys, "stdin", terminal)
    assert main(["serve", "--no-open", "--model", MODEL]) == code and bool(served) is (code == 0)
    err = capsys.readouterr().err
    assert err.index("NSCL v2-custom") < err.index("do you accept them?")


def test_what_a_model_argument_means(tmp_path) -> None:
    known = choose(MODEL)
    assert (
        known.entry is find_model(MODEL) and choose(known.source.repo_id).entry is known.entry
    )  # the same model by its id
    folder = choose(tmp_path)
    assert folder.folder == tmp_path and folder.source is None and not folder.terms and folder.name == tmp_path.name
    other = choose("someone/else")
    assert other.source.repo_id == "someone/else" and other.entry is None and other.terms and other.name == "else"
    with pytest.raises(ArgumentError, match="sprint-tiny, a local diffusers model folder, or owner/name"):
        choose("nonsense")
