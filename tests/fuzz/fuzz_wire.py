"""The binary decoder under coverage-guided fuzzing: any bytes are a message or an InputError with a close code,
nothing else.

    python tests/fuzz/fuzz_wire.py -max_total_time=600 [a folder that keeps what it finds]

A message that is accepted must encode to bytes that decode to the same message, and go into a session without harm.
Needs atheris. The seeds are one message of every kind.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["sprint_live.live", "sprint_live.errors"]):
    from sprint_live.errors import InputError
    from sprint_live.live.sessions.session import Operation, Session
    from sprint_live.live.wire import protocol as wire

VECTORS = Path(__file__).resolve().parents[1] / "support" / "wire_vectors.json"
CODES = {1003, 1007, 1008, 1009}


def one_message(data: bytes) -> None:
    """Decode, encode, decode; then apply it to a new session."""
    try:
        message = wire.decode(data)
    except InputError as error:
        assert wire.close_code(error) in CODES, error
        return
    assert wire.decode(wire.encode(message)) == message
    if isinstance(message, Operation):
        session = Session(bytes(16))
        try:
            session.apply(message)
        except InputError as error:
            assert wire.close_code(error) in CODES, error
            assert session.op_seq == 0


def seeds(folder: Path) -> None:
    """A file for each message of the vectors."""
    for i, line in enumerate(sorted(json.loads(VECTORS.read_text("utf-8")).values())):
        (folder / f"seed-{i}").write_bytes(bytes.fromhex(line))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        seeds(Path(folder))
        atheris.Setup([*sys.argv, folder], one_message)
        atheris.Fuzz()
