"""What a model of the hub is pinned to: its repository, its commit, and the size and sha256 of every file.

The first download writes this down as a lock in HF_HOME/sprint-live; every later start checks the files against it.

Knows: the lock, the files of the cache.  Must not know: the network, pipelines, the app.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from sprint_live.errors import DownloadError, WeightsError, refusal
from sprint_live.models.layout import COMPONENT, PIPELINE, Layout
from sprint_live.models.licenses import cache_folder

_REPO_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*")
_COMMIT = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, kw_only=True)
class HubSource:
    """A model on the hub. revision: the commit it is pinned to; None pins it to the commit of the first download.

    component: it is one network, its config.json and weights at the top, and no pipeline.
    """

    repo_id: str
    revision: str | None = None
    component: bool = False

    def __post_init__(self) -> None:
        assert is_repo_id(self.repo_id) and (self.revision is None or _COMMIT.fullmatch(self.revision))

    @property
    def layout(self) -> Layout:
        """Which of its files are needed."""
        return COMPONENT if self.component else PIPELINE


@dataclass(frozen=True, kw_only=True)
class LockedFile:
    """What the first download found in a file."""

    bytes: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Lock:
    """A downloaded model: its commit, and its files by name."""

    repo_id: str
    revision: str
    files: Mapping[str, LockedFile]


def is_repo_id(text: str) -> bool:
    """Whether a text has the form owner/name."""
    return bool(_REPO_ID.fullmatch(text)) and ".." not in text


def lock_path(source: HubSource) -> Path:
    """Where the lock of a model lies."""
    return cache_folder() / f"{source.repo_id.replace('/', '--')}.json"


def read_lock(source: HubSource) -> Lock | None:
    """The lock of a model; None before its first download, or if the source is pinned to another commit.

    Raises:
        WeightsError: the lock cannot be read.
    """
    path = lock_path(source)
    if not path.is_file():
        return None
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        files = {name: LockedFile(**facts) for name, facts in found["files"].items()}
        lock = Lock(repo_id=found["repo_id"], revision=found["revision"], files=files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise WeightsError(
            f"{path} cannot be read ({error!r}); fix: delete it, the next download writes it again"
        ) from error
    return lock if source.revision in (None, lock.revision) else None


def snapshot_folder(lock: Lock) -> Path:
    """The folder of a locked model in the hub's cache."""
    return repo_folder(lock.repo_id) / "snapshots" / lock.revision


def repo_folder(repo_id: str) -> Path:
    """The folder of a repository in the hub's cache."""
    from huggingface_hub import constants

    return Path(constants.HF_HUB_CACHE) / f"models--{repo_id.replace('/', '--')}"


def write_lock(
    source: HubSource, revision: str, folder: Path, names: list[str], stated: Mapping[str, str] | None = None
) -> Lock:
    """Record what was downloaded, after comparing it with the sums the hub states."""
    lock = Lock(repo_id=source.repo_id, revision=revision, files=_measure(folder, names))
    for name, sha256 in (stated or {}).items():
        if lock.files[name].sha256 != sha256:
            raise WeightsError(
                _damaged(
                    folder / name,
                    source.repo_id,
                    f"sha256 {lock.files[name].sha256[:12]}...",
                    f"{sha256[:12]}..., as the hub states",
                )
            )
    path = lock_path(source)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(f".{os.getpid()}.partial")
        partial.write_text(json.dumps(asdict(lock), indent=1), encoding="utf-8")
        partial.replace(path)
    except OSError as error:
        raise DownloadError(
            f"cannot write {path}: {error.strerror or error}; fix: set HF_HOME to a folder that can be written"
        ) from error
    return lock


def check_files(folder: Path, lock: Lock) -> None:
    """Compare every file with the lock. Raises: WeightsError for a file that is missing, damaged or changed."""
    for name, expected in lock.files.items():
        path = folder / name
        if not path.is_file():
            raise WeightsError(
                refusal(
                    got=f"no file {path}",
                    accepted="every downloaded file",
                    fix="start again online: it is downloaded again",
                )
            )
        if path.stat().st_size != expected.bytes:
            raise WeightsError(
                _damaged(path, lock.repo_id, f"{path.stat().st_size} bytes", f"{expected.bytes} bytes, as downloaded")
            )
    for name, found in _measure(folder, list(lock.files)).items():
        if found.sha256 != lock.files[name].sha256:
            raise WeightsError(
                _damaged(
                    folder / name,
                    lock.repo_id,
                    f"sha256 {found.sha256[:12]}...",
                    f"{lock.files[name].sha256[:12]}..., as downloaded",
                )
            )


def _damaged(path: Path, repo_id: str, found: str, expected: str) -> str:
    return refusal(
        got=f"{path} with {found}",
        accepted=expected,
        fix=f"delete the folder {repo_folder(repo_id)} and start again: it is downloaded again",
    )


def _measure(folder: Path, names: list[str]) -> dict[str, LockedFile]:
    """Size and sha256 of files, four at a time: hashing releases the GIL."""
    from tqdm import tqdm

    def measure(name: str) -> LockedFile:
        with (folder / name).open("rb") as file:
            return LockedFile(sha256=hashlib.file_digest(file, "sha256").hexdigest(), bytes=file.tell())

    with ThreadPoolExecutor(4) as pool:
        found = tqdm(
            pool.map(measure, names), total=len(names), desc="checking sha256", unit="file", leave=False, delay=1
        )
        return dict(zip(names, found, strict=True))
