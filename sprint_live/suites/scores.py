"""Computes the figures of a complete set of files. An incomplete set has none.

GenEval's objects and DPG-Bench's answers come as lines of JSON beside the pictures, whatever program found them:

    detections.jsonl   {"file": "00000/samples/0000.png", "found": {"cat": [
                           {"box": [l, t, r, b], "confidence": 0.9, "color": "red"}]}}
    answers.jsonl      {"item": "3", "tiles": [{"1": true, "2": false}, {...}, {...}, {...}]}

Knows: suites, their networks.  Must not know: what drew the pictures.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import numpy as np

from sprint_live.errors import InputError, refusal
from sprint_live.suites import dpg, geneval
from sprint_live.suites.frechet import Moments, frechet, read_reference, reference_name, write_reference
from sprint_live.suites.plan import PUBLISHED, Item, Suite, geneval_metadata, missing

DETECTIONS, ANSWERS = "detections.jsonl", "answers.jsonl"
_CHUNK = 32
_REAL = "mjhq30k_imgs"
DETECTOR = (
    "Mask2Former Swin-S, mask2former_swin-s-p4-w7-224_lsj_8x2_50e_coco_20220504_001756-743b7d99.pth of OpenMMLab "
    "(mmdet 2.x)"
)
ANSWERER = "mPLUG, damo/mplug_visual-question-answering_coco_large_en of ModelScope"


class Features(Protocol):
    """Pictures (N, S, S, 3) uint8 -> features (N, D)."""

    def features(self, pictures_u8: np.ndarray) -> np.ndarray:
        """Pictures (N, H, W, 3) uint8 -> (N, D)."""
        ...


class TextScores(Protocol):
    """Pictures and prompts -> a score each."""

    def scores(self, pictures_u8: list[np.ndarray], prompts: list[str]) -> list[float]:
        """One score for each picture and its prompt."""
        ...


Read = Callable[[Path, int], np.ndarray]


def require_whole(suite: Suite, found: list[Item], run: Path) -> None:
    """Raises InputError unless every file of the suite is there."""
    left = missing(found, run)
    if left or len(found) != suite.total:
        raise InputError(
            refusal(
                got=f"{len(found) - len(left):,} of {suite.total:,} files of {suite.name} in {run}, without "
                f"{left[0].file if left else 'a full list'}",
                accepted="the whole set: a part has no figure",
                fix="run the same command for every shard",
            )
        )


def mjhq(
    suite: Suite,
    found: list[Item],
    data: Path,
    run: Path,
    size_px: int,
    inception: Features,
    clip: TextScores,
    read: Read,
) -> dict[str, float]:
    """{"fid", "clip"}; the real set's moments are kept in DATA under SANA's name, read again where they are there.

    Raises:
        InputError: the set is not whole.
    """
    require_whole(suite, found, run)
    drawn, scores = Moments(), []
    for start in range(0, len(found), _CHUNK):
        some = found[start : start + _CHUNK]
        pictures = [read(run / item.file, size_px) for item in some]
        drawn.add(inception.features(np.stack(pictures)))
        scores += clip.scores(pictures, [item.prompt for item in some])
    reference = data / reference_name(size_px, suite.total)
    if not reference.is_file():
        _write_real(reference, data, suite, size_px, inception, read)
    return {"fid": frechet(read_reference(reference), drawn.result()), "clip": float(np.mean(scores))}


def _write_real(reference: Path, data: Path, suite: Suite, size_px: int, inception: Features, read: Read) -> None:
    entries = json.loads((data / "meta_data.json").read_text(encoding="utf-8"))
    files = [data / _REAL / entry["category"] / f"{name}.jpg" for name, entry in entries.items()]
    if len(files) != suite.total or (lacking := [file for file in files if not file.is_file()]):
        what = (
            f"{lacking[0]} and {len(lacking) - 1} more missing" if len(files) == suite.total else f"{len(files)} files"
        )
        raise InputError(
            refusal(got=what, accepted=f"{suite.total:,} real pictures of {suite.source}", fix="unpack them")
        )
    real = Moments()
    for start in range(0, len(files), _CHUNK):
        real.add(inception.features(np.stack([read(file, size_px) for file in files[start : start + _CHUNK]])))
    write_reference(reference, real.result())


def _json_lines(run: Path, name: str, made_by: str) -> list[dict]:
    try:
        return [json.loads(line) for line in (run / name).read_text(encoding="utf-8").splitlines() if line]
    except (OSError, ValueError) as error:
        raise InputError(
            refusal(
                got=f"{run / name}: {error}",
                accepted=f"lines of JSON with what {made_by} found",
                fix="run it over the pictures",
            )
        ) from error


def geneval_score(suite: Suite, found: list[Item], data: Path, run: Path) -> dict[str, float]:
    """The six rates and "overall".

    Raises:
        InputError: the set is not whole, or a picture has no line in detections.jsonl.
    """
    require_whole(suite, found, run)
    objects = {line["file"]: line["found"] for line in _json_lines(run, DETECTIONS, DETECTOR)}
    if lacking := [item.file for item in found if item.file not in objects]:
        raise InputError(
            refusal(
                got=f"{DETECTIONS} without {len(lacking)} files, as {lacking[0]}",
                accepted="all",
                fix="look at them too",
            )
        )
    metadata, verdicts = geneval_metadata(data), []
    for index, item in enumerate(found):
        wanted = metadata[index // geneval.SAMPLES]
        seen = {name: [geneval.Found(**one) for one in boxes] for name, boxes in objects[item.file].items()}
        verdicts.append((wanted["tag"], geneval.is_correct(seen, wanted)))
    return geneval.score(verdicts)


def dpg_score(suite: Suite, found: list[Item], data: Path, run: Path) -> dict[str, float]:
    """{"dpg"} in percent.

    Raises:
        InputError: the set is not whole, or a prompt lacks questions or answers.
    """
    require_whole(suite, found, run)
    questions = dpg.read_questions(data / "dpg_bench.csv")
    if {Path(item.file).stem for item in found} != questions.keys():
        raise InputError(
            refusal(
                got=f"questions for {len(questions)} items",
                accepted=f"{suite.total:,} of {suite.source}",
                fix="copy both",
            )
        )
    lines = _json_lines(run, ANSWERS, ANSWERER)
    answers = {
        line["item"]: [{int(number): yes for number, yes in tile.items()} for tile in line["tiles"]] for line in lines
    }
    return {"dpg": dpg.score(questions, answers)}


def published(model: str) -> dict[str, float]:
    """The authors' two-step figures of a model of the zoo; empty for another."""
    return dict(PUBLISHED.get(model, {}))
