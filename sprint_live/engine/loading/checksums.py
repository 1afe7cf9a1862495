"""Checks of a model folder against its SHA256SUMS, before a byte of it is used.

safetensors notices a truncated file; a flipped bit in the payload loads silently, hence the sums.
"""

from __future__ import annotations

import warnings
from pathlib import Path

from sprint_live.errors import WeightsError, refusal
from sprint_live.models.sums import SUMS_NAME, sha256


def check_weights(folder: Path, *, required: bool) -> int:
    """Number of files that match their recorded sum.

    `required`: a folder without SHA256SUMS is refused; otherwise it is used with a warning.

    Raises:
        WeightsError: the folder or a file is missing or damaged, a weight file is not listed, or the list is
            malformed; the message names the file and the fix.
    """
    fix = f"restore it (in a clone: git checkout -- {folder}) or copy the model folder again"
    if not folder.is_dir():
        raise WeightsError(refusal(got=f"no model folder {folder}", accepted="a diffusers model folder", fix=fix))
    sums_path = folder / SUMS_NAME
    if not sums_path.is_file():
        if required:
            raise WeightsError(refusal(got=f"no {sums_path}", accepted="a folder with its sha256 sums", fix=fix))
        warnings.warn(f"{folder} has no {SUMS_NAME}: its weights are used unchecked", stacklevel=3)
        return 0
    recorded = _read_sums(sums_path)
    for name, expected in recorded.items():
        path = folder / name
        if not path.is_file():
            raise WeightsError(refusal(got=f"no file {path}", accepted="the file recorded in SHA256SUMS", fix=fix))
        actual = sha256(path)
        if actual != expected:
            raise WeightsError(
                refusal(got=f"{path} with sha256 {actual[:12]}...", accepted=f"sha256 {expected[:12]}...", fix=fix)
            )
    for path in folder.rglob("*.safetensors"):
        if path.relative_to(folder).as_posix() not in recorded:
            raise WeightsError(refusal(got=f"{path}, which SHA256SUMS does not list", accepted="listed files", fix=fix))
    return len(recorded)


def _read_sums(path: Path) -> dict[str, str]:
    recorded = {}
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        digest, separator, name = line.partition("  ")
        inside = not Path(name).is_absolute() and ".." not in Path(name).parts
        if len(digest) != 64 or not separator or not name or not inside:
            raise WeightsError(
                refusal(got=f"{path} with the line {line!r}", accepted="lines of `sha256sum`", fix="restore the file")
            )
        recorded[name] = digest
    return recorded
