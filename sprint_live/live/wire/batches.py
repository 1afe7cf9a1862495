"""Several wire messages in one body, for transports without a socket. web/wire/batches.js is its twin, byte for byte.

Little endian. Each message is u32 length + bytes, and a batch ends with any number of messages:

    up:    16s connection id (zeros: a new connection, the first message is a HELLO) | u32 number, from 0 | messages
    down:  16s connection id | u32 number, from 0 | u16 WebSocket close code (0: stays open) |
           u16 seconds after which to try again (0: unknown) | messages; an ERROR among them says why it closes

Both ends read batches in the order of their numbers, because two requests in flight may overtake each other.

Knows: bytes.  Must not know: messages, sessions, HTTP.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from sprint_live.live.wire.limits import MALFORMED, violation

__all__ = ["NEW_CONNECTION", "DownBatch", "UpBatch", "pack_down", "pack_up", "unpack_down", "unpack_up"]

NEW_CONNECTION = bytes(16)
_UP = struct.Struct("<16sI")
_DOWN = struct.Struct("<16sIHH")
_LENGTH = struct.Struct("<I")


@dataclass(frozen=True, slots=True)
class UpBatch:
    """What a client sends."""

    connection_id: bytes
    number: int
    messages: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class DownBatch:
    """What a client receives; close_code is 0 while the connection stays open."""

    connection_id: bytes
    number: int
    messages: tuple[bytes, ...] = ()
    close_code: int = 0
    retry_after_s: int = 0


def pack_up(batch: UpBatch) -> bytes:
    """Bytes of a batch up."""
    return _UP.pack(batch.connection_id, batch.number) + _packed(batch.messages)


def unpack_up(data: bytes) -> UpBatch:
    """Raises: ProtocolError if the bytes are no batch up."""
    if len(data) < _UP.size:
        raise violation(MALFORMED, f"a batch of {len(data)} bytes", f"at least {_UP.size}")
    connection_id, number = _UP.unpack_from(data)
    return UpBatch(connection_id, number, _unpacked(data, _UP.size))


def pack_down(batch: DownBatch) -> bytes:
    """Bytes of a batch down."""
    head = _DOWN.pack(batch.connection_id, batch.number, batch.close_code, batch.retry_after_s)
    return head + _packed(batch.messages)


def unpack_down(data: bytes) -> DownBatch:
    """Raises: ProtocolError if the bytes are no batch down."""
    if len(data) < _DOWN.size:
        raise violation(MALFORMED, f"a batch of {len(data)} bytes", f"at least {_DOWN.size}")
    connection_id, number, close_code, retry_after_s = _DOWN.unpack_from(data)
    return DownBatch(connection_id, number, _unpacked(data, _DOWN.size), close_code, retry_after_s)


def _packed(messages: Sequence[bytes]) -> bytes:
    return b"".join(_LENGTH.pack(len(message)) + message for message in messages)


def _unpacked(data: bytes, at: int) -> tuple[bytes, ...]:
    messages = []
    while at < len(data):
        if at + _LENGTH.size > len(data):
            raise violation(MALFORMED, "a batch cut in a length", "whole messages")
        (num_bytes,) = _LENGTH.unpack_from(data, at)
        at += _LENGTH.size
        if at + num_bytes > len(data):
            raise violation(MALFORMED, "a batch cut in a message", "whole messages")
        messages.append(data[at : at + num_bytes])
        at += num_bytes
    return tuple(messages)
