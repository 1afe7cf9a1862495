"""Private folders: made by this user, and writable by nobody else.

On a shared machine another user may have created a well-known folder first. Then it cannot be written or, worse, its
files come from somebody else. So cached files (graphs, compiled code) and files of a run (Gradio's) go only into
folders that pass `own_folder`.

Knows: folders, owners, modes.  Must not know: what is kept in them.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import stat
import sys
import tempfile
from pathlib import Path

from sprint_live.errors import OutputError, refusal

__all__ = ["own_folder", "run_folder", "use_own_gradio_folder", "why_not_own"]

GRADIO_VARIABLE = "GRADIO_TEMP_DIR"

_run_folders: dict[tuple[int, str], Path] = {}


def why_not_own(path: Path) -> str | None:
    """Why an existing folder cannot be used as private; None if it can, or if there is none."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    except OSError as error:
        return f"{path}, which cannot be looked at ({error.strerror or error})"
    if stat.S_ISLNK(found.st_mode) and _is_mine(found):  # the user's own link counts as what it leads to
        try:
            found = path.stat()
        except FileNotFoundError:
            return f"{path}, a link to nowhere"
        except OSError as error:
            return f"{path}, which cannot be looked at ({error.strerror or error})"
    if not _is_mine(found):
        return f"{path}, which belongs to another user"
    if not stat.S_ISDIR(found.st_mode):
        return f"{path}, which is no folder"
    return None


def own_folder(path: Path, *, fix: str = "choose another folder, or remove this one") -> Path:
    """Create `path` if it is missing, remove the rights of group and others, and make sure that it can be written."""
    accepted = "a folder of your own that can be written"
    if (why := why_not_own(path)) is not None:
        raise OutputError(refusal(got=why, accepted=accepted, fix=fix))
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if (why := why_not_own(path)) is not None:  # somebody was quicker
            raise OutputError(refusal(got=why, accepted=accepted, fix=fix))
        if os.name != "nt" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            path.chmod(0o700)
        with tempfile.TemporaryFile(dir=path):
            pass
    except OutputError:
        raise
    except OSError as error:
        raise OutputError(
            refusal(got=f"{path}, which cannot be written ({error.strerror or error})", accepted=accepted, fix=fix)
        ) from error
    return path


def run_folder(name: str) -> Path:
    """A new private folder of this process, with an unpredictable name; removed when the process ends."""
    key = (os.getpid(), name)
    if key not in _run_folders or not _run_folders[key].is_dir():
        try:
            folder = Path(tempfile.mkdtemp(prefix=f"sprint-live-{name}-"))
        except OSError as error:
            raise OutputError(
                refusal(
                    got=f"a temporary directory that takes no folder ({error.strerror or error})",
                    accepted="one that can be written",
                    fix="set TMPDIR (on Windows TEMP) to a folder of your own",
                )
            ) from error
        _run_folders[key] = folder
        atexit.register(_remove, folder, os.getpid())
    return _run_folders[key]


def use_own_gradio_folder() -> Path:
    """Let Gradio keep its files in a folder of this run, or in the one that GRADIO_TEMP_DIR names. Before it is
    imported, or after.

    Gradio's own default is TMPDIR/gradio, the same for every user of a machine.
    Raises: OutputError where GRADIO_TEMP_DIR names a folder that is not this user's own.
    """
    named = os.environ.get(GRADIO_VARIABLE)
    folder = Path(named) if named else run_folder("gradio")
    own_folder(folder, fix=f"leave {GRADIO_VARIABLE} out, or set it to a folder of your own")
    for inner in folder.iterdir():  # made by somebody else before the folder was closed to them
        if (why := why_not_own(inner)) is not None and inner.is_dir():
            raise OutputError(
                refusal(got=why, accepted="a folder of your own", fix=f"set {GRADIO_VARIABLE} to an empty folder")
            )
    os.environ[GRADIO_VARIABLE] = str(folder)
    for module_name, module in list(sys.modules.items()):
        if module_name.startswith("gradio") and hasattr(module, "DEFAULT_TEMP_DIR"):
            setattr(module, "DEFAULT_TEMP_DIR", str(folder))  # noqa: B010  # read once, when it was imported
    return folder


def _is_mine(found: os.stat_result) -> bool:
    return not hasattr(os, "geteuid") or found.st_uid == os.geteuid()


def _remove(folder: Path, process: int) -> None:
    if os.getpid() == process:  # not in a fork of it
        with contextlib.suppress(OSError):
            shutil.rmtree(folder)
