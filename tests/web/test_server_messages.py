"""What the server says to people: every code has a text in every language, and what reaches people has a code."""

from __future__ import annotations

import ast
import functools
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import sprint_live
from sprint_live import errors
from sprint_live.coded_text import MESSAGES, CodedText
from sprint_live.live.wire.limits import VIOLATION_CODES
from sprint_live.live.wire.protocol import MALFORMED, ErrorText, decode, encode, violation
from support.paths import ROOT, WEB

PACKAGE = Path(sprint_live.__file__).parent
FILES = sorted((WEB / "languages" / "messages").glob("*.json"))
TOLD = {"EngineError", "EngineHung", "DeviceLost", "BusyError", "ErrorText", "Status", "_explained", "_later", "answer"}
"""Calls whose text reaches a person at the page."""
UNCODED = {
    "call": "a program's call",
}
WITH_CODES = ("live", "api", "picture_files.py")
AT_START = {
    "live/moderation/checks/__init__.py",
    "live/moderation/checks/words.py",
    "live/security/access_policy.py",
    "live/server/page.py",
    "live/server/script_bundle.py",
    "live/server/server.py",
}
"""Files that refuse what the owner of a server wrote, on the command line or in the page's own scripts."""
WHAT_TO_DO = "add the code to MESSAGES in coded_text.py and its text to every file in web/languages/messages/"


def holes(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def table(path: Path) -> dict[str, str]:
    return json.loads(path.read_text("utf-8"))


def codes_of_the_scripts() -> set[str]:
    """Codes that only the page's own workers say: the link's, and the engine's in the page."""
    link = "".join(path.read_text("utf-8") for path in sorted((WEB / "link").glob("*.js")))
    local = (WEB / "local" / "local-worker.js").read_text("utf-8")
    return set(re.findall(r"code: '([a-z_.]+)'", link)) | set(re.findall(r"'(local\.[a-z_]+)'", local))


@functools.cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def calls() -> Iterator[tuple[Path, ast.Call, str]]:
    for path in (*PACKAGE.rglob("*.py"), *ROOT.joinpath("controlnet").rglob("*.py")):
        if "train" in path.parts:
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call):
                yield path, node, getattr(node.func, "id", getattr(node.func, "attr", ""))


def said_codes() -> set[str]:
    """Every code in a call of `coded` or `told_by`, and those of whole classes of errors.

    A hole in a code stands for what the checks look at.
    """
    found = set()
    for _, call, name in calls():
        position = {"coded": 0, "told_by": 1, "_told": 1}.get(name)
        if position is not None and len(call.args) > position:
            found |= codes_in(call.args[position])
    return found | set(VIOLATION_CODES.values()) | set(errors.CODE_BY_CLASS.values())


def codes_in(node: ast.expr) -> set[str]:
    """The codes that an argument may be."""
    match node:
        case ast.Constant(value=str(code)):
            return {code}
        case ast.IfExp(body=one, orelse=other):
            return codes_in(one) | codes_in(other)
        case ast.JoinedStr(values=parts):
            form = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in parts)
            return {form.replace("{}", what) for what in ("prompt", "picture")}
    return set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_code_has_a_text_in_every_language_with_holes_that_the_server_fills(path):
    texts, english = table(path), table(WEB / "languages" / "messages" / "en.json")
    assert set(texts) == set(MESSAGES) | codes_of_the_scripts(), f"{path.name}: {WHAT_TO_DO}"
    for code, text in texts.items():
        assert text.strip() and holes(text) == holes(english[code]), f"{path.name}: {code}"
        assert code not in MESSAGES or holes(text) <= holes(MESSAGES[code]), f"{path.name}: {code}"


def test_the_languages_of_the_messages_are_those_of_the_page():
    assert [path.name for path in FILES] == sorted(path.name for path in (WEB / "languages").glob("*.json"))


def test_every_code_is_said_and_every_code_that_is_said_exists():
    assert said_codes() == set(MESSAGES)


def test_what_reaches_a_person_has_a_code():
    plain = set()
    for path, call, name in calls():
        if (
            name in TOLD
            and "live" in path.parts
            and "loadtest" not in path.parts
            and path.name not in ("program_api.py", "gradio_api.py")
        ):
            for argument in call.args:
                match argument:
                    case ast.Constant(value=str(text)):
                        plain.add(text)
                    case ast.JoinedStr(values=parts):
                        plain.add("".join(part.value if isinstance(part, ast.Constant) else "{}" for part in parts))
    assert plain <= set(UNCODED), f"{sorted(plain - set(UNCODED))}: {WHAT_TO_DO}"


def test_what_a_client_can_be_refused_for_has_a_code_of_its_own():
    """`refusal` is English for whoever starts the server or calls the library;
    nothing that a client sends ends in it.
    """
    generic = {
        path.relative_to(PACKAGE).as_posix()
        for path, call, name in calls()
        if name == "refusal"
        and isinstance(call.func, ast.Name)
        and path.is_relative_to(PACKAGE)
        and path.relative_to(PACKAGE).parts[0] in WITH_CODES
        and "loadtest" not in path.parts
    }
    assert generic <= AT_START, f"{sorted(generic - AT_START)}: raise it with coded(...); {WHAT_TO_DO}"


def test_a_refusal_keeps_its_code_and_parameters_on_the_way_to_the_page():
    told = errors.told_by(violation(MALFORMED, "7 layers", "1 to 6", "merge one"))
    arrived = decode(encode(ErrorText(MALFORMED, told)))
    assert isinstance(arrived, ErrorText) and isinstance(arrived.text, CodedText)
    assert arrived.text.code == told.code == "wire.malformed"
    assert arrived.text.params == {"got": "7 layers", "accepted": "1 to 6", "fix": "merge one"}
    assert arrived.text == "got 7 layers; accepted: 1 to 6; fix: merge one"


def test_no_script_reads_the_servers_english():
    for path in WEB.rglob("*.js"):
        script = path.read_text("utf-8")
        assert "/after (" not in script and "SENTENCES" not in script, path.name
