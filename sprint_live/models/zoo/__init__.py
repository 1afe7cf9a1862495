"""The models this project knows by name. Adding one is adding a file that holds `MODEL = ZooModel(...)`.

The file name with - for _ is the model's name. Importing this package reads no weights and imports no torch.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sprint_live.errors import ArgumentError, refusal

PLAIN_STYLE = "plain"


@dataclass(frozen=True, kw_only=True)
class ZooModel:
    """What a person should know about a model before it is loaded.

    folder: where its diffusers layout lies. sizes: picture sides in pixels, ascending. styles: label -> template with
    {prompt}; the first is the default. licence: shown to people as it stands. line_growth_px: how much wider control lines
    are made before they are encoded, in pixels at 1024; for models that lose thin ones.
    """

    name: str
    title: str
    folder: Path
    sizes: tuple[int, ...]
    default_size: int
    licence: str
    line_growth_px: float = 0.0
    styles: Mapping[str, str] = field(default_factory=lambda: {PLAIN_STYLE: "{prompt}"})

    def __post_init__(self) -> None:
        assert self.default_size in self.sizes and list(self.sizes) == sorted(set(self.sizes))
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
    return tuple(sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(__path__)))


def find_model(name: str) -> ZooModel:
    """A known model.

    Raises:
        ArgumentError: no model has this name.
    """
    if name not in model_names():
        raise ArgumentError(
            refusal(
                got=f"model {name!r}",
                accepted=f"{', '.join(model_names())}, or a local diffusers model folder",
                fix="run `sprint-live models`, or check the path",
            )
        )
    return importlib.import_module(f"{__name__}.{name.replace('-', '_')}").MODEL
