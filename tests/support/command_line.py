"""A command in this process: its exit code and what it printed."""

from __future__ import annotations

from sprint_live.cli import main


def run(capsys, *argv: object) -> tuple[int, str, str]:
    code = main([str(word) for word in argv])
    captured = capsys.readouterr()
    return code, captured.out, captured.err
