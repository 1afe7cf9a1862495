"""Tiny and light autoencoders by name. To add one, add a file with `AUTOENCODER = NamedAutoencoder(...)`.

The file name is the name, with - for _: dc_ae_lite.py is dc-ae-lite. Importing this package reads no weights and
imports no torch.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass

from sprint_live.errors import ArgumentError, refusal
from sprint_live.models.downloads import PublishedFile
from sprint_live.models.hub_lock import HubSource
from sprint_live.models.licenses import Terms
from sprint_live.models.memory import Part


@dataclass(frozen=True, kw_only=True)
class NamedAutoencoder:
    """An autoencoder for the latents of SANA's DC-AE that is faster than the DC-AE's own decoder.

    files: the published files, or hub: a diffusers AutoencoderDC folder on the hub; exactly one of the two. what: a
    sentence for people. terms: its license, which is always shown; with `asks` it must be acknowledged before the first
    download. encoder: its own encoder, None if it uses the DC-AE's. gflop: for a 1024x1024 picture, encoder and
    decoder.
    """

    name: str
    title: str
    what: str
    terms: tuple[Terms, ...]
    asks: bool
    decoder: Part
    encoder: Part | None = None
    files: tuple[PublishedFile, ...] = ()
    hub: HubSource | None = None
    gflop: tuple[float, float]

    def __post_init__(self) -> None:
        assert bool(self.files) != (self.hub is not None)


def autoencoder_names() -> tuple[str, ...]:
    """Names of all of them, sorted."""
    return tuple(sorted(_files()))


def find_autoencoder(name: str) -> NamedAutoencoder:
    """One of them.

    Raises:
        ArgumentError: none has this name.
    """
    files = _files()
    if name not in files:
        raise ArgumentError(
            refusal(
                got=f"tiny autoencoder {name!r}",
                accepted=f"{', '.join(sorted(files))}, or a folder that `sprint-live convert` wrote",
                fix="use one of these, or leave it out: a model's own preview decoder is found by itself",
            )
        )
    return importlib.import_module(f"{__name__}.{files[name]}").AUTOENCODER


def _files() -> dict[str, str]:
    """Module name by name."""
    return {module.name.replace("_", "-"): module.name for module in pkgutil.iter_modules(__path__)}
