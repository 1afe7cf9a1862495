"""Draws the small pictures by which the page offers the styles and places of sprint_live/web/presets.json.

python scripts/preset_pictures.py     after new weights or a changed row; tests/web/test_presets.py fails until then

Every row is the same drawing, drawn by the model in one step. A style has no place, and a place has the first style.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402  # where this file lies comes first

from sprint_live.models.presets import TABLE  # noqa: E402
from sprint_live.models.zoo import find_model  # noqa: E402

DRAWING = ROOT / "assets" / "drawings" / "cat.png"
PROMPT, SEED = "an orange cat", 0
SIDE_PX, QUALITY = 128, 84


def prompts(model: str) -> dict[str, str]:
    """{"styles/gold": what is drawn for that row}, in the order of the table."""
    table = json.loads(TABLE.read_text("utf-8"))[model]
    first = table["styles"][0]["words"]
    return {f"styles/{row['name']}": PROMPT + row["words"] for row in table["styles"]} | {
        f"places/{row['name']}": PROMPT + row["words"] + first for row in table["places"]
    }


def fingerprint(model: str) -> str:
    """SHA-256 of all that the pictures are made from: weights, drawing, prompts, size."""
    folder = find_model(model).folder
    assert folder is not None, "an embedded model has a folder"
    sums = "\n".join(sorted((folder / "SHA256SUMS").read_text("utf-8").splitlines()))
    made_from = [sums, hashlib.sha256(DRAWING.read_bytes()).hexdigest(), prompts(model), SEED, SIDE_PX, QUALITY]
    return hashlib.sha256(json.dumps(made_from).encode()).hexdigest()


def draw_pictures(model: str) -> None:
    """Write the pictures and their fingerprint; those of rows that are gone are removed."""
    from tqdm import tqdm

    from sprint_live import load_engine
    from sprint_live.engine.sketch import read_sketch

    engine, sketch = load_engine(model, "cpu"), read_sketch(DRAWING)
    out = TABLE.parent / "presets" / model
    shutil.rmtree(out, ignore_errors=True)
    for name, prompt in tqdm(prompts(model).items(), desc=model):
        picture = engine.draw(sketch, prompt, seed=SEED, size=engine.model.default_size).image
        path = out / f"{name.replace(' ', '-')}.webp"
        path.parent.mkdir(parents=True, exist_ok=True)
        small = picture.resize((SIDE_PX, SIDE_PX), Image.Resampling.LANCZOS)
        small.save(path, "WEBP", quality=QUALITY, method=6)
    (out / "made-from.txt").write_text(fingerprint(model) + "\n", encoding="utf-8")


if __name__ == "__main__":
    for each in json.loads(TABLE.read_text("utf-8")):
        draw_pictures(each)
