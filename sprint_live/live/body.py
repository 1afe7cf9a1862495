"""The body of a request, given up as soon as it is over its limit.

Knows: requests.  Must not know: what is in them.
"""

from __future__ import annotations

from fastapi import Request

from sprint_live.live.violations import TOO_BIG, violation

__all__ = ["read_body"]


async def read_body(request: Request, max_bytes: int) -> bytes:
    """Raises: MessageTooLarge once more than `max_bytes` have come, or are announced."""
    parts, num_bytes = [], int(request.headers.get("content-length", "0"))
    if num_bytes <= max_bytes:
        num_bytes = 0
        async for part in request.stream():
            num_bytes += len(part)
            if num_bytes > max_bytes:
                break
            parts.append(part)
    if num_bytes > max_bytes:
        raise violation(TOO_BIG, f"more than {max_bytes} bytes", f"at most {max_bytes} bytes", "send less at once")
    return b"".join(parts)
