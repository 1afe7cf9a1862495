"""The commands that the documentation shows: the program takes them, and each system's shell can run its own.

Blocks marked sh or bash are for Linux and macOS, those marked powershell for Windows. What only a POSIX shell reads has
PowerShell's lines beside it, in the same section.
"""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from sprint_live.cli import _parser, commands
from support.paths import ROOT

DOCUMENTS = sorted(
    [
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
        *(ROOT / "assets").glob("guides/*.md"),
        *(ROOT / "assets").glob("*/README.md"),
    ]
)
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)

ONLY_POSIX = {
    "a variable before its command": r"(?m)^\s*[A-Z][A-Z0-9_]*=\S+ +\S",
    "&& or ||": r"&&|\|\|",
    "a line that goes on after \\": r"\\\n",
    "the output of a command": r"\$\([a-z]",
    ".venv/bin": r"\.venv/bin/",
    "python3": r"\bpython3\b",
    "a POSIX program": r"(?m)(^|[|;] *)(source|\.|export|rm|cp|chmod|touch|which|grep|sed|head|tail|cat|curl) ",
    "a bash script": r"(?m)^scripts/",
    "/dev/null": r"/dev/null",
}
MACOS_LACKS = {
    "a program of Linux": r"\b(apt(-get)?|nproc|lscpu|free|taskset|md5sum|sha256sum|timeout|systemctl|numactl)\b",
    "/proc or /sys": r"(^|\s)/(proc|sys)/",
    "sed -i without a suffix": r"sed -i (?!'')",
    "an option of GNU": r"readlink -f|grep -P|date -d|stat -c|xargs -r|cp --|ls --",
}


def blocks(text: str) -> Iterator[tuple[str, str, str]]:
    """(language, code, the rest of its section) of every fenced block."""
    for found in BLOCK.finditer(text):
        rest = re.split(r"(?m)^#+ ", text[found.end() :])[0]
        yield found[1], found[2], rest


NOT_FOR_MACOS = ("rtx-4090.md",)  # no Mac has such a card


def faults(text: str, macos: bool = True) -> list[str]:
    """Blocks and inline commands of a document that a system cannot run and has no other lines for."""
    found = []
    for language, code, rest in blocks(text):
        if language in ("sh", "bash"):
            found += [
                f"macOS lacks {what}: {code}"
                for what, pattern in MACOS_LACKS.items()
                if macos and re.search(pattern, code)
            ]
            only = [what for what, pattern in ONLY_POSIX.items() if re.search(pattern, code)]
            if only and "```powershell\n" not in rest:
                found.append(f"no PowerShell beside {', '.join(only)}: {code}")
        if language == "powershell":
            lacks = {**ONLY_POSIX, "a line that goes on after \\": r"\\\n"}
            found += [f"PowerShell lacks {what}: {code}" for what, pattern in lacks.items() if re.search(pattern, code)]
    inline = re.findall(r"`([^`\n]+)`", BLOCK.sub("", text))
    patterns = {
        what: ONLY_POSIX[what] for what in ("a variable before its command", "the output of a command", ".venv/bin")
    }
    for command in inline:
        found += [f"inline, {what}: {command}" for what, pattern in patterns.items() if re.search(pattern, command)]
    return found


def shown(text: str) -> Iterator[str]:
    """Every command line of ours in a document, from blocks and from inline code."""
    lines = [
        line
        for language, code, _ in blocks(text)
        if language in ("sh", "bash", "powershell")
        for line in code.splitlines()
    ]
    lines += re.findall(r"`([^`\n]+)`", BLOCK.sub("", text))
    for line in lines:
        for part in re.split(r"&&|;|\|", line):
            found = re.match(r"^\s*(?:\S*[/\\])?sprint-live(?: (.*))?$", part.partition("  #")[0].rstrip())
            if found:
                yield found[1] or ""


def wrong_options(command: str) -> list[str]:
    """Words of a command that the parser does not know: sub-commands and options, not what they are given."""
    parser = _parser(commands())
    words = shlex.split(command.replace("\\", "/"), comments=True)
    if not words or words[0].startswith("-"):
        words = ["serve", *words]
    while True:
        below = next((action for action in parser._actions if isinstance(action, argparse._SubParsersAction)), None)
        if below is None or not words or words[0].startswith("-"):
            break
        if words[0] not in below.choices:
            return [] if re.fullmatch(r"[A-Z_]+|\.\.\.", words[0]) else [words[0]]
        parser, words = below.choices[words[0]], words[1:]
    known = {
        option for action in parser._actions if action.help != argparse.SUPPRESS for option in action.option_strings
    }
    if below is not None:
        known |= {"-h", "--help", "--version"}
    return [word for word in words if word.startswith("--") and word.partition("=")[0] not in known]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_system_has_commands_it_can_run(document: Path) -> None:
    assert faults(document.read_text("utf-8"), macos=document.name not in NOT_FOR_MACOS) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_program_takes_the_commands_that_are_shown(document: Path) -> None:
    wrong = {command: wrong_options(command) for command in shown(document.read_text("utf-8"))}
    assert {command: words for command, words in wrong.items() if words} == {}


def test_enough_commands_are_found() -> None:
    texts = [document.read_text("utf-8") for document in DOCUMENTS]
    assert sum(len(list(shown(text))) for text in texts) > 40
    assert sum(language == "powershell" for text in texts for language, _, _ in blocks(text)) >= 4


@pytest.mark.parametrize(
    "planted",
    [
        "```sh\npython3 -m venv .venv && .venv/bin/sprint-live\n```\n",
        "```sh\nSITE=a docker compose up\n```\n\n## Later\n\n```powershell\n$env:SITE = 'a'\n```\n",
        "```bash\nsprint-live draw a.png \\\n    --out b.png\n```\n",
        "```bash\nscripts/check\n```\n",
        "```bash\nnproc\n```\n",
        "```bash\nsed -i s/a/b/ file\n```\n```powershell\necho a\n```\n",
        "```powershell\nsprint-live doctor && sprint-live\n```\n",
        "```powershell\n.venv/bin/sprint-live\n```\n",
        "```powershell\nexport A=1\n```\n",
        "```powershell\ncurl -s http://127.0.0.1\n```\n",
        "Run `TOKEN=$(openssl rand -hex 16) docker compose up`.",
        "Run `.venv/bin/sprint-live doctor`.",
    ],
)
def test_a_command_that_a_system_cannot_run_is_found(planted: str) -> None:
    assert faults(planted)


@pytest.mark.parametrize(
    ("command", "wrong"),
    [
        ("bench --load 50", ["--load"]),
        ("bench load --people 50 --strokes 2000", []),
        ("bench load --returns 5", ["--returns"]),
        ("--port 7860", []),
        ("--porto 7860", ["--porto"]),
        ("paint a.png", ["paint"]),
        ("train all --recipe twinflow --work runs/a", []),
    ],
)
def test_an_option_that_is_gone_is_found(command: str, wrong: list[str]) -> None:
    assert wrong_options(command) == wrong
