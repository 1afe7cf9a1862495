"""sprint-tiny: the embedded SANA-Sprint with its control branch, trained by this project's own code."""

from __future__ import annotations

from pathlib import Path

from sprint_live.models.presets import preset_styles
from sprint_live.models.zoo import PLAIN_STYLE, ZooModel

_PACKAGE = Path(__file__).resolve().parents[2]
_IN_WHEEL = _PACKAGE / "assets" / "sprint-tiny"
_IN_CHECKOUT = _PACKAGE.parent / "assets" / "sprint-tiny"

MODEL = ZooModel(
    name="sprint-tiny",
    title="sprint-tiny",
    folder=_IN_WHEEL if _IN_WHEEL.is_dir() else _IN_CHECKOUT,
    sizes=(512, 768, 1024),
    default_size=1024,
    # it has no positional embedding: lines hold in all of these (looked at, cat and house), and none takes longer than
    # 1024x1024
    shapes=(
        *((768, 1344), (832, 1216), (896, 1152), (512, 512), (768, 768), (1024, 1024)),
        *((1152, 896), (1216, 832), (1344, 768)),
    ),
    # edge recall of lines 1 px wide 0.928 -> 0.942, of the drawings' own pens 0.960 -> 0.956; 4 px: 0.926
    # (assets/drawings)
    line_growth_px=1.0,
    colored_pages=True,
    guidance_counts=False,  # at one step it changes 1.7 levels of 255
    refines=False,  # a second step changes colors of areas that nobody touched
    bfloat16_psnr_db=56.0,  # six drawings of assets/drawings at 1024x1024: 56.8 to 60.0
    openvino=True,
    styles={**preset_styles("sprint-tiny"), PLAIN_STYLE: "{prompt}"},
    license=(
        "Apache-2.0, as this project. Trained on Fluent emoji (MIT, Microsoft), Noto emoji (Apache-2.0, Google) and "
        "emojibase captions (MIT); text encoder all-MiniLM-L6-v2 (Apache-2.0). See NOTICE and the model card."
    ),
)
