"""Single published files: downloaded once, checked against their sha256, never left incomplete.

Knows: addresses, files, sums.  Must not know: what is in a file, torch, the app.
"""

from __future__ import annotations

import os
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from sprint_live.errors import DownloadError, WeightsError, refusal
from sprint_live.models.sums import sha256

TIMEOUT_S = 30.0
BLOCK_BYTES = 1 << 20
MAX_BYTES = 256 * 2**20


@dataclass(frozen=True, kw_only=True)
class PublishedFile:
    """A file with its address. sha256: the expected sum; None pins it to that of the first download.

    about_bytes: for people.
    """

    name: str
    url: str
    sha256: str | None
    about_bytes: int


def fetch_file(file: PublishedFile, folder: Path, *, offline: bool = False) -> Path:
    """`folder`/NAME, downloaded if it is missing, and checked.

    offline (or HF_HUB_OFFLINE=1): never ask the network.

    Raises:
        DownloadError: not there and offline, no network, over 256 MiB, or the folder cannot be written.
        WeightsError: its sha256 is another one.
    """
    from huggingface_hub import is_offline_mode

    path = folder / file.name
    if not path.is_file():
        if offline or is_offline_mode():
            raise DownloadError(
                refusal(
                    got=f"{file.name}, which is not here, while offline",
                    accepted="a downloaded file",
                    fix=f"go online once (without --offline and HF_HUB_OFFLINE), or put {file.url} into {folder}",
                )
            )
        _download(file, path)
    _check(file, path)
    return path


def _download(file: PublishedFile, path: Path) -> None:
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    request = urllib.request.Request(file.url, headers={"User-Agent": "sprint-live"})
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer, partial.open("wb") as out:
            while block := answer.read(BLOCK_BYTES):
                out.write(block)
                if out.tell() > MAX_BYTES:
                    raise DownloadError(
                        f"{file.url} is over {MAX_BYTES} bytes; fix: report it, the address has changed"
                    )
        partial.replace(path)
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        raise DownloadError(
            f"{file.url} could not be downloaded ({error}); fix: check the network and run the same command again, "
            f"or put the file into {path.parent}"
        ) from error
    except OSError as error:
        raise DownloadError(
            f"cannot write {path}: {error.strerror or error}; fix: free space, or set HF_HOME to another folder"
        ) from error
    finally:
        partial.unlink(missing_ok=True)


def _check(file: PublishedFile, path: Path) -> None:
    """Compare with the stated sum, or with the recorded sum of the first download."""
    record = path.with_name(f"{path.name}.sha256")
    found = sha256(path)
    if file.sha256 is None and not record.is_file():
        record.write_text(f"{found}\n", encoding="utf-8")
        return
    stated = file.sha256 or record.read_text(encoding="utf-8").strip()
    if found != stated:
        raise WeightsError(
            refusal(
                got=f"{path} with sha256 {found[:12]}...",
                accepted=f"sha256 {stated[:12]}..., as published",
                fix=f"delete {path} and start again: it is downloaded again",
            )
        )
