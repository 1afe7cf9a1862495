"""Make assets/hed/photographs.jpg: three photographs and what every detector for photographs makes of them.

python assets/hed/sheet.py
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from sprint_live.engine.detect import detect_lines

HERE = Path(__file__).resolve().parent
PHOTOS = HERE.parents[1] / "tests" / "maps" / "photos"
DETECTORS = ("hed_soft", "hed_scribble", "difference_of_gaussians", "canny")
CELL_PX = 320
GAP_PX = 6


def main() -> None:
    """Write photographs.jpg: each photo beside what the detectors find in it."""
    rows = []
    for path in sorted(PHOTOS.glob("*.jpg")):
        photo = Image.open(path).convert("RGB")
        maps = [Image.fromarray(detect_lines(photo, name, size=2 * CELL_PX)) for name in DETECTORS]
        rows.append([photo, *(each.resize(photo.size, Image.LANCZOS).convert("RGB") for each in maps)])
    height = sum(row[0].height + GAP_PX for row in rows) - GAP_PX
    sheet = Image.new("RGB", ((CELL_PX + GAP_PX) * len(rows[0]) - GAP_PX, height), "white")
    top = 0
    for row in rows:
        for column, picture in enumerate(row):
            sheet.paste(picture, (column * (CELL_PX + GAP_PX), top))
        top += row[0].height + GAP_PX
    sheet.save(HERE / "photographs.jpg", quality=88)


if __name__ == "__main__":
    main()
