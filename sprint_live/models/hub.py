"""Models from the hub: downloaded once by huggingface_hub, pinned to their commit, checked at every later use.

The first download writes a lock into HF_HOME/sprint-live: the commit and the sha256 of every file. Later calls use
only that commit, and refuse by name a file that has changed since. An interrupted download resumes: a lost connection
continues where it was lost, another run fetches the missing files.

Knows: the hub, its cache, the lock.  Must not know: torch, pipelines, the app.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from sprint_live.errors import DownloadError, WeightsError, refusal
from sprint_live.models.layout import COMPONENT, PIPELINE, Layout
from sprint_live.models.licenses import cache_folder

SPARE_BYTES = 256 * 2**20  # left free on the disk
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


def downloaded(source: HubSource) -> Path | None:
    """The folder of a model with all its files, unchecked; None if a file is missing."""
    lock = read_lock(source)
    if lock is None:
        return None
    folder = _snapshot_folder(lock)
    return folder if all((folder / name).is_file() for name in lock.files) else None


def fetch(source: HubSource, *, offline: bool = False) -> Path:
    """The folder of a model, downloaded if needed, each file checked against its recorded sha256.

    offline (or HF_HUB_OFFLINE=1): never ask the hub. Shows a progress bar on stderr.

    Raises:
        DownloadError: not downloaded and offline, no network, not on the hub, or too little disk space.
        WeightsError: a file is missing on the hub, damaged or changed; the message names it and the fix.
    """
    from huggingface_hub import is_offline_mode

    lock = read_lock(source)
    if lock is None or downloaded(source) is None:
        lock = _adopt(source, lock) if offline or is_offline_mode() else _download(source, lock)
    folder = _snapshot_folder(lock)
    _check(folder, lock)
    source.layout.check_folder(folder)
    return folder


def _snapshot_folder(lock: Lock) -> Path:
    return _repo_folder(lock.repo_id) / "snapshots" / lock.revision


def _repo_folder(repo_id: str) -> Path:
    from huggingface_hub import constants

    return Path(constants.HF_HUB_CACHE) / f"models--{repo_id.replace('/', '--')}"


def _adopt(source: HubSource, lock: Lock | None) -> Lock:
    """Offline: use a complete copy that another program has put into the hub's cache."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    fix = (
        f"go online once (without --offline and HF_HUB_OFFLINE), or copy the folder {_repo_folder(source.repo_id)} "
        "from a machine that has it"
    )
    try:
        revision = lock.revision if lock else source.revision
        folder = Path(snapshot_download(source.repo_id, revision=revision, local_files_only=True))
        source.layout.check_folder(folder)
    except (LocalEntryNotFoundError, WeightsError) as error:
        raise DownloadError(
            refusal(
                got=f"{source.repo_id}, which is not downloaded, while offline", accepted="a downloaded model", fix=fix
            )
        ) from error
    if lock is not None:
        return lock
    names = source.layout.wanted_files(
        {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    )
    return _write_lock(source, folder.name, folder, names)


def _download(source: HubSource, lock: Lock | None) -> Lock:
    from huggingface_hub import HfApi, snapshot_download, try_to_load_from_cache

    revision = lock.revision if lock else source.revision
    try:
        info = HfApi().model_info(source.repo_id, revision=revision, files_metadata=True)
        listed = {file.rfilename: file for file in info.siblings or ()}
        source.layout.check_listing(f"{source.repo_id} on the hub", listed)
        names = source.layout.wanted_files(listed)
        missing = [
            name
            for name in names
            if not isinstance(try_to_load_from_cache(source.repo_id, name, revision=info.sha), str)
        ]
        _check_space(source, sum(listed[name].size or 0 for name in missing))
        folder = Path(snapshot_download(source.repo_id, revision=info.sha, allow_patterns=names))
    except WeightsError:
        raise
    except Exception as error:  # the hub's client raises its own kinds, and those of the HTTP library below it
        raise _explained(source, error) from error
    if lock is not None:
        return lock
    stated = {name: lfs.sha256 for name in names if (lfs := listed[name].lfs)}
    return _write_lock(source, info.sha or folder.name, folder, names, stated)


def _check_space(source: HubSource, num_bytes: int) -> None:
    from huggingface_hub import constants

    folder = Path(constants.HF_HUB_CACHE)
    existing = next(path for path in (folder, *folder.absolute().parents) if path.is_dir())
    free = shutil.disk_usage(existing).free
    if num_bytes and free < num_bytes + SPARE_BYTES:
        raise DownloadError(
            refusal(
                got=f"{free / 1e9:.1f} GB free in {folder}",
                accepted=f"{(num_bytes + SPARE_BYTES) / 1e9:.1f} GB for {source.repo_id}",
                fix="free space, or set HF_HOME to a folder on a larger disk",
            )
        )


def _explained(source: HubSource, error: Exception) -> DownloadError:
    from huggingface_hub import constants
    from huggingface_hub.errors import GatedRepoError, RepositoryNotFoundError, RevisionNotFoundError

    if isinstance(error, GatedRepoError):
        return DownloadError(
            f"{source.repo_id} is given out on request; fix: accept its terms at "
            f"{constants.ENDPOINT}/{source.repo_id}, then `hf auth login`"
        )
    if isinstance(error, RepositoryNotFoundError):
        return DownloadError(
            f"{source.repo_id} is not on {constants.ENDPOINT}, or is private; fix: check the name, or `hf auth login`"
        )
    if isinstance(error, RevisionNotFoundError):
        return DownloadError(
            f"{source.repo_id} no longer has the pinned commit; fix: delete {lock_path(source)} to pin the present one"
        )
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return DownloadError(
            f"no space left in {constants.HF_HUB_CACHE} while downloading {source.repo_id}; fix: free space, or set "
            "HF_HOME"
        )
    return DownloadError(
        f"{source.repo_id} could not be downloaded from {constants.ENDPOINT} ({type(error).__name__}: "
        f"{str(error).splitlines()[0] if str(error) else ''}); fix: check the network and run the same command again, "
        "it goes on with what is missing; sprint-tiny needs no network"
    )


def _write_lock(
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


def _check(folder: Path, lock: Lock) -> None:
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
        fix=f"delete the folder {_repo_folder(repo_id)} and start again: it is downloaded again",
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
