"""Every exception this project raises on purpose, in one small tree.

    SprintLiveError                      base: catch this one to catch them all
    |-- InputError (ValueError)          the caller sent something we refuse; the message says how to fix it
    |   |-- SketchError                  the drawing: not an image, truncated, too large, wrong dtype or shape
    |   |   `-- SketchTooLarge           more pixels or bytes than accepted (HTTP 413)
    |   |-- PromptError                  the prompt: not text, or over the byte limit
    |   |   `-- PromptTooLong            over the byte limit (HTTP 413)
    |   |-- CheckRefused                 the owner's checks refuse this prompt or picture
    |   |-- ArgumentError                seed, steps, size, guidance, control strength, pipeline arguments
    |   `-- ProtocolError                a malformed message on the wire
    |       `-- MessageTooLarge          more bytes, points or events than a message or session may hold
    |-- WeightsError                     a model folder or weight file is missing, damaged or not what it says
    |   `-- DownloadError                it could not be fetched: no network, no space, not on the hub
    |-- LicenseError                     the terms of a model have not been acknowledged yet
    |-- EngineError (RuntimeError)       the engine failed while rendering
    |   |-- OutOfMemory                  the device ran out of memory, or has less than the model needs
    |   |-- EngineHung                   the watchdog gave up waiting
    |   `-- DeviceLost                   the device or its process is gone; only a new process can draw again
    |-- BusyError                        too many jobs or sessions: try again later
    |-- PortInUseError (OSError)         the server's port is taken
    `-- OutputError (OSError)            a result could not be written: no space, no permission

A message says what was got, what is accepted and how to fix it; `refusal` builds it from the three.
The base and what controlnet raises are defined in controlnet/errors.py: imports go from here to there, never back.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from controlnet.errors import (
    ArgumentError,
    InputError,
    Refusal,
    SketchError,
    SketchTooLarge,
    SprintLiveError,
    WeightsError,
    refusal,
)
from sprint_live.coded_text import CodedText, coded

__all__ = [
    "CODE_BY_CLASS",
    "ArgumentError",
    "BusyError",
    "CheckRefused",
    "DeviceLost",
    "DownloadError",
    "EngineError",
    "EngineHung",
    "InputError",
    "LicenseError",
    "MessageTooLarge",
    "OutOfMemory",
    "OutputError",
    "PortInUseError",
    "PromptError",
    "PromptTooLong",
    "ProtocolError",
    "SketchError",
    "SketchTooLarge",
    "SprintLiveError",
    "WeightsError",
    "refusal",
    "told_by",
]


MAX_CHARS = 500


class PromptError(InputError):
    """The prompt cannot be used."""


class PromptTooLong(PromptError):
    """The prompt has more bytes than accepted."""


class CheckRefused(InputError):
    """A check that the owner of the server chose refuses a prompt or a picture;
    the message is a sentence for the person.
    """


class ProtocolError(InputError):
    """A message on the wire does not follow the protocol. `close_code`: the WebSocket close code it leads to."""

    close_code = 1008


class MessageTooLarge(ProtocolError):
    """A message or a session holds more than its limit."""


class DownloadError(WeightsError):
    """A model could not be fetched from the hub."""


class LicenseError(SprintLiveError):
    """A model is used on terms that nobody on this machine has acknowledged yet."""


class EngineError(SprintLiveError, RuntimeError):
    """The engine failed while rendering."""


class OutOfMemory(EngineError):
    """The device ran out of memory while rendering, or has less than the model needs."""


class EngineHung(EngineError):
    """A render took longer than the watchdog allows."""


class DeviceLost(EngineError):
    """The device, or the process that drove it, is gone: nothing can be drawn there until a new process starts."""


class BusyError(SprintLiveError):
    """Too many jobs or sessions at once: try again later."""


class PortInUseError(SprintLiveError, OSError):
    """The port the server was asked to listen on is taken."""


class OutputError(SprintLiveError, OSError):
    """A result could not be written."""


CODE_BY_CLASS: Mapping[type[object], str] = MappingProxyType(
    {
        BaseException: "failed.because",
        InputError: "input.refused_because",
        WeightsError: "model.load_failed",
        LicenseError: "model.load_failed",
        EngineError: "engine.failed",
    }
)
"""Class -> the code of its errors that were raised with plain English, which fills the {why}.

A class that is not here has the code of the nearest class above it.
"""


def told_by(error: BaseException, otherwise: str = "") -> CodedText:
    """The text of any exception, with the code it was raised with.

    An error without a code fills the {why} of the code `otherwise`, or of the code of its class. Our own errors fill it
    with their text, others with type and text. The sentence has at most 500 characters.
    """
    first = error.args[0] if len(error.args) == 1 else None
    if isinstance(first, CodedText) and first.code:
        return first
    if isinstance(first, Refusal):
        return coded("input.refused", {"got": first.got, "accepted": first.accepted, "fix": first.fix})
    code = otherwise or next(CODE_BY_CLASS[kind] for kind in type(error).__mro__ if kind in CODE_BY_CLASS)
    room = MAX_CHARS - len(coded(code, {"why": ""}))
    why = str(error) if isinstance(error, SprintLiveError) else f"{type(error).__name__}: {error}"
    return coded(code, {"why": why[:room]})
