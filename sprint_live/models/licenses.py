"""The license terms of models, and whether somebody on this machine has acknowledged them.

An acknowledgment is stored by the sha256 of the text that was shown. If the text changes, people are asked again.

Knows: license texts and one JSON file in the cache folder.  Must not know: weights, the network, the app.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sprint_live.errors import LicenseError, OutputError
from sprint_live.private_folders import own_folder, why_not_own

ACCEPT_VARIABLE = "SPRINT_LIVE_ACCEPT_LICENSE"
RECORD_NAME = "acknowledged.json"


@dataclass(frozen=True, kw_only=True)
class Terms:
    """One license: its name, the address of its text, and a sentence that says what it means."""

    name: str
    url: str
    meaning: str


def cache_folder() -> Path:
    """The folder for what this project must remember: HF_HOME/sprint-live;
    where that is another user's, ~/.cache/sprint-live.
    """
    from huggingface_hub import constants

    shared = Path(constants.HF_HOME) / "sprint-live"
    if why_not_own(shared) is None or shared.is_file():
        return shared
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "sprint-live"


def own_cache(name: str = "") -> Path:
    """A folder in `cache_folder`, made where it is missing, private.

    Raises:
        OutputError: it is another user's, or cannot be written.
    """
    fix = "set HF_HOME to a folder of your own that can be written"
    base = own_folder(cache_folder(), fix=fix)
    return own_folder(base / name, fix=fix) if name else base


def terms_text(title: str, terms: Sequence[Terms]) -> str:
    """The text shown before the first download of a model, one paragraph per license."""
    lines = [f"{title} comes under these terms; the texts at the addresses are what binds, not our sentences:"]
    for term in terms:
        lines += ["", f"  {term.name}", f"  {term.url}", f"  {term.meaning}"]
    return "\n".join(lines)


def is_acknowledged(title: str, terms: Sequence[Terms]) -> bool:
    """True where there is nothing to acknowledge, the text has been acknowledged before,
    or SPRINT_LIVE_ACCEPT_LICENSE=yes.
    """
    if not terms or os.environ.get(ACCEPT_VARIABLE, "").lower() == "yes":
        return True
    return _digest(title, terms) in _read_record()


def acknowledge(title: str, terms: Sequence[Terms]) -> None:
    """Remember that somebody on this machine accepted these terms.

    Raises:
        OutputError: the cache folder cannot be written.
    """
    path = cache_folder() / RECORD_NAME
    entry = {
        "model": title,
        "licences": [term.name for term in terms],
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    record = {**_read_record(), _digest(title, terms): entry}
    try:
        own_cache()
        partial = path.with_suffix(f".{os.getpid()}.partial")
        partial.write_text(json.dumps(record, indent=1), encoding="utf-8")
        partial.replace(path)
    except OutputError:
        raise
    except OSError as error:
        raise OutputError(
            f"cannot write {path}: {error.strerror or error}; fix: set HF_HOME to a folder that can be written"
        ) from error


def require_acknowledged(title: str, terms: Sequence[Terms]) -> None:
    """Do nothing if the terms are acknowledged.

    Raises:
        LicenseError: the terms have not been acknowledged; the message names them and how to accept them.
    """
    if not is_acknowledged(title, terms):
        named = "; ".join(f"{term.name} ({term.url})" for term in terms)
        raise LicenseError(
            f"{title} may only be used after its terms have been acknowledged: {named}; fix: read them, "
            f"then add --accept-license, or set {ACCEPT_VARIABLE}=yes where nobody can type (a Space, a service)"
        )


def _digest(title: str, terms: Sequence[Terms]) -> str:
    return hashlib.sha256(terms_text(title, terms).encode()).hexdigest()


def _read_record() -> dict[str, object]:
    try:
        record = json.loads((cache_folder() / RECORD_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):  # absent or damaged: asked again
        return {}
    return record if isinstance(record, dict) else {}
