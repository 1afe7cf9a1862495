"""Models from the hub: downloaded once by huggingface_hub, pinned to their commit, checked at every later use.

The first download writes a lock into HF_HOME/sprint-live: the commit and the sha256 of every file. Later calls use
only that commit, and refuse by name a file that has changed since. An interrupted download resumes: a lost connection
continues where it was lost, another run fetches the missing files.

Knows: the hub, its cache, the lock.  Must not know: torch, pipelines, the app.
"""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

from sprint_live.errors import DownloadError, WeightsError, refusal
from sprint_live.models.hub_lock import (
    HubSource,
    Lock,
    check_files,
    lock_path,
    read_lock,
    repo_folder,
    snapshot_folder,
    write_lock,
)

SPARE_BYTES = 256 * 2**20  # left free on the disk


def downloaded(source: HubSource) -> Path | None:
    """The folder of a model with all its files, unchecked; None if a file is missing."""
    lock = read_lock(source)
    if lock is None:
        return None
    folder = snapshot_folder(lock)
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
    folder = snapshot_folder(lock)
    check_files(folder, lock)
    source.layout.check_folder(folder)
    return folder


def _adopt(source: HubSource, lock: Lock | None) -> Lock:
    """Offline: use a complete copy that another program has put into the hub's cache."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    fix = (
        f"go online once (without --offline and HF_HUB_OFFLINE), or copy the folder {repo_folder(source.repo_id)} "
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
    return write_lock(source, folder.name, folder, names)


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
    return write_lock(source, info.sha or folder.name, folder, names, stated)


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
