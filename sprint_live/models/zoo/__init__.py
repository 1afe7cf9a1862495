"""The models with a name. To add one, add a file with `MODEL = ZooModel(...)`.

The file name is the model's name, with - for _ and a point between digits: sana_sprint_0_6b.py is sana-sprint-0.6b.
Importing this package reads no weights and imports no torch.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sprint_live.errors import ArgumentError, refusal
from sprint_live.models.hub_lock import HubSource
from sprint_live.models.licenses import Terms
from sprint_live.models.memory import Part

PLAIN_STYLE = "plain"


@dataclass(frozen=True, kw_only=True)
class ZooModel:
    """The description of a model, known before it is loaded.

    folder: its diffusers folder; hub: where it is downloaded from; exactly one of the two.
    sizes: sides of square pictures in pixels, ascending. shapes: all (height, width) it was trained for, in pixels;
    empty means squares only. styles: label -> template with {prompt}; the first is the default. license: shown to
    people verbatim. terms: what must be acknowledged before the first download. line_growth_px: how much wider
    control lines are made before they are encoded, in pixels at 1024; for models that lose thin ones. colored_pages:
    its branch was trained on control pages that carry colors (`controlnet.maps.control_page`), so what is painted on
    the page is told to it; another model gets the lines alone. guidance_counts: guidance changes its pictures visibly.
    refines: more steps while the hand rests make its picture better and leave its colors as they are.
    bfloat16: its weights were trained for bfloat16, so a CPU that multiplies it natively may use it, too.
    bfloat16_psnr_db: how near a picture stays to the float32 one when its networks (not its autoencoder) run in
    bfloat16, the lowest measured; None: not measured, so it is only done when asked for.
    openvino: its pictures were compared with and without OpenVINO, which then draws them on a CPU where it is
    installed. configs: published configuration by component. parts: figures the memory table is computed from.
    """

    name: str
    title: str
    folder: Path | None = None
    hub: HubSource | None = None
    sizes: tuple[int, ...]
    default_size: int
    shapes: tuple[tuple[int, int], ...] = ()
    license: str
    terms: tuple[Terms, ...] = ()
    line_growth_px: float = 0.0
    colored_pages: bool = False
    guidance_counts: bool = True
    refines: bool = True
    bfloat16: bool = False
    bfloat16_psnr_db: float | None = None
    openvino: bool = False
    styles: Mapping[str, str] = field(default_factory=lambda: {PLAIN_STYLE: "{prompt}"})
    configs: Mapping[str, Mapping[str, object]] = field(default_factory=dict[str, Mapping[str, object]])
    parts: Mapping[str, Part] = field(default_factory=dict[str, Part])

    def __post_init__(self) -> None:
        assert (self.folder is None) != (self.hub is None)
        assert self.default_size in self.sizes and list(self.sizes) == sorted(set(self.sizes))
        assert not self.shapes or all((size, size) in self.shapes for size in self.sizes)
        assert self.styles and all(template.count("{prompt}") == 1 for template in self.styles.values())

    def styled(self, prompt: str, style: str = "") -> str:
        """The prompt inside a style's template; "" leaves it as it is.

        Raises:
            ArgumentError: no style has this label.
        """
        if not style:
            return prompt
        if style not in self.styles:
            raise ArgumentError(
                refusal(got=f"style {style!r}", accepted=", ".join(self.styles), fix=f"use a style of {self.name}")
            )
        return self.styles[style].replace("{prompt}", prompt)


def model_names() -> tuple[str, ...]:
    """Names of all known models, sorted."""
    return tuple(sorted(_files()))


def _files() -> dict[str, str]:
    """Module name by model name."""
    files = (module.name for module in pkgutil.iter_modules(__path__))
    return {re.sub(r"(?<=\d)_(?=\d)", ".", file).replace("_", "-"): file for file in files}


def find_model(name: str) -> ZooModel:
    """A known model.

    Raises:
        ArgumentError: no model has this name.
    """
    files = _files()
    if name not in files:
        raise ArgumentError(
            refusal(
                got=f"model {name!r}",
                accepted=f"{', '.join(sorted(files))}, a local diffusers model folder, or owner/name on the hub",
                fix="run `sprint-live models`, or check the path",
            )
        )
    return importlib.import_module(f"{__name__}.{files[name]}").MODEL
