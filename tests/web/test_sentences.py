"""What the server says to people is said in every language: web/i18n/server-messages.js against the server's own code."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import sprint_live.live
from sprint_live.live.moderation.moderator import BROKEN, NO_ANSWER
from support.paths import WEB

LIVE = Path(sprint_live.live.__file__).parent
TOLD = {"EngineError", "EngineHung", "DeviceLost", "BusyError", "ErrorText", "_explained"}
"""Calls whose sentence reaches a person at the page."""
NOT_AT_THE_PAGE = {"pen_to_picture.py", "load.py", "plot.py", "server.py", "program_api.py", "gradio_api.py"}
UNHEARD = {
    "the server is restarting; try again in a moment": "a refused hello: the page says it is trying again",
    "the picture takes {} bytes, more than a frame may have ({})": "a bug of ours, told as it is",
    "got one more person; accepted: {} at once; fix: try later": "a refused hello: the page says it is full and trying again",
}
WHAT_TO_DO = "add it to SENTENCES in web/i18n/server-messages.js, and its words to every file in web/languages/"


def table() -> list[tuple[str, str]]:
    """(the server's sentence, the page's words) of server-messages.js."""
    text = (WEB / "i18n" / "server-messages.js").read_text("utf-8")
    again = re.search(r"^const AGAIN = '(.*)';$", text, re.MULTILINE).group(1)
    rows = re.findall(r"""^  \[(?:'(.*?)'|"(.*?)"), (?:'(.*)'|AGAIN)\],$""", text, re.MULTILINE)
    return [(one or other, shown or again) for one, other, shown in rows]


def form(text: str) -> str:
    """With nameless holes."""
    return re.sub(r"\{[^}]*\}", "{}", text)


def literal(node: ast.AST) -> str | None:
    """A text or an f-string as its form; a refusal by its three parts."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in parts)
        case ast.Call(func=ast.Name(id="refusal" | "_refused"), args=args, keywords=keywords):
            named = {keyword.arg: keyword.value for keyword in keywords}
            got, accepted, fix = args if len(args) == 3 else (named.get(name) for name in ("got", "accepted", "fix"))
            return f"got {literal(got) or '{}'}; accepted: {literal(accepted) or '{}'}; fix: {literal(fix) or '{}'}"
        case ast.Call(func=ast.Name(id="in_words"), args=[_, ast.Constant(value=what)]):
            return f"{what}: {{}}"
    return None


def called(node: ast.Call) -> str:
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def sentences() -> tuple[set[str], set[str]]:
    """Everything the server's code can say, and of it what is surely told to people at the page."""
    everything, told = set(), set()
    for path in (*LIVE.rglob("*.py"), LIVE.parent / "picture_files.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            said = literal(node)
            if said is not None:
                everything.add(said)
            if not isinstance(node, ast.Call) or path.name in NOT_AT_THE_PAGE:
                continue
            if called(node) in TOLD | {"Status", "in_words"}:
                own = (node,) if called(node) == "in_words" else node.args
                told |= {text for argument in own if (text := literal(argument)) and " " in text}
    checks = {
        words.format(what=what, done=done)
        for words in (NO_ANSWER, BROKEN)
        for what, done in (("prompt", "drawn"), ("picture", "shown"))
    }
    return everything | checks, told


def of_the_scripts() -> set[str]:
    """Sentences the page's own worker says: it has no words of its own."""
    text = (WEB / "link" / "link-worker.js").read_text("utf-8")
    return {
        form(words.replace("${", "{"))
        for pair in re.findall(r"text: (?:'(.*?)'|`(.*?)`) ", text)
        for words in pair
        if words
    }


def test_every_sentence_of_the_table_is_one_the_server_says():
    everything = sentences()[0] | of_the_scripts()
    megapixels = {
        words.replace(
            "accepted: {}; fix: send a smaller one", "accepted: at most {} megapixels of {}; fix: send a smaller one"
        )
        for words in everything
    }
    unsaid = [said for said, _ in table() if form(said) not in everything | megapixels]
    assert len(table()) > 25 and not unsaid, (
        f"nothing says these any more: take them out of server-messages.js: {unsaid}"
    )


def test_every_sentence_that_reaches_a_person_is_in_the_table():
    known = {form(said) for said, _ in table()}
    new = (sentences()[1] | of_the_scripts()) - known - {form(one) for one in UNHEARD}
    assert not new, f"the server says {sorted(new)}: {WHAT_TO_DO}"


def test_every_language_has_the_words_and_the_holes_fit():
    english = json.loads((WEB / "languages" / "en.json").read_text("utf-8"))
    for said, shown in table():
        assert shown in english, f"{shown!r}: {WHAT_TO_DO}"
        assert set(re.findall(r"\{\w+\}", shown)) <= set(re.findall(r"\{\w+\}", said)), (
            f"{shown!r} has a hole that {said!r} does not fill"
        )
