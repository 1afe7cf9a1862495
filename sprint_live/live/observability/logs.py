"""The log on stderr: one line per event, as text or JSON, and never anything that somebody drew or wrote.

An event is a name and a few fields, all listed here. Everything else in a record is dropped: arguments, texts of
exceptions (they may quote a prompt), session ids (anybody who knows one may join the session).
"""

from __future__ import annotations

import datetime
import json
import logging
import sys
from typing import TextIO

from sprint_live.live.observability.error_report import place_of

__all__ = ["FIELDS", "set_up_logs"]

FIELDS = ("where", "model", "warm_s", "port", "reason", "waited_s")

REFUSED_SOCKET = "ASGI callable returned without completing handshake."


class _Lines(logging.Formatter):
    """A record as {"time", "level", "event", ...fields}; other packages' records as their logger and their template."""

    def __init__(self, *, as_json: bool) -> None:
        super().__init__()
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        """One line, without a newline in it."""
        when = datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(timespec="milliseconds")
        ours = record.name == "sprint_live"
        template = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
        line: dict[str, object] = {
            "time": when,
            "level": record.levelname.lower(),
            "event": template if ours else record.name,
        }
        if not ours:
            line["text"] = template.strip()
        line |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info and record.exc_info[1] is not None:
            line["where"] = place_of(record.exc_info[1])
        if self._as_json:
            return json.dumps(line, ensure_ascii=True)
        rest = " ".join(f"{name}={value}" for name, value in line.items() if name not in ("time", "level", "event"))
        return " ".join(f"{when} {line['level']} {line['event']} {rest}".split())


def _worth_a_line(record: logging.LogRecord) -> bool:
    """False for uvicorn's errors about refused sockets (429, 503): a flood of them would fill the disk."""
    return record.msg != REFUSED_SOCKET


def set_up_logs(*, as_json: bool, stream: TextIO | None = None) -> None:
    """Replace the root logger's handlers by one of ours on stderr:
    our events from INFO on, other packages' warnings.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Lines(as_json=as_json))
    handler.addFilter(_worth_a_line)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("sprint_live").setLevel(logging.INFO)
