"""Resolves `--tiny-autoencoder` (a name or a folder) and obtains its files.

Knows: the named autoencoders, folders, licenses.  Must not know: torch (but to convert a file once), the app.
"""

from __future__ import annotations

import json
from pathlib import Path

from sprint_live.errors import ArgumentError, refusal
from sprint_live.models import hub, licenses
from sprint_live.models.autoencoders import NamedAutoencoder, find_autoencoder
from sprint_live.models.downloads import fetch_file
from sprint_live.models.released import AUTOENCODER
from sprint_live.models.sums import SUMS_NAME

CACHE_NAME = "autoencoders"
SANA_STAGES = 6  # of the DC-AE, pixels are halved between them: 1/32


def named_autoencoder(choice: str | Path) -> NamedAutoencoder | None:
    """The entry of a name; None for a folder.

    Raises:
        ArgumentError: neither a name nor a folder with a config.json.
    """
    folder = Path(choice)
    if not folder.is_dir():
        return find_autoencoder(str(choice))
    if not (folder / "config.json").is_file():
        raise ArgumentError(
            refusal(
                got=f"tiny autoencoder {folder} without a config.json",
                accepted="a folder that `sprint-live convert` wrote, or a diffusers autoencoder",
                fix=f"sprint-live convert {folder} --out DIR, where it holds taesana_encoder.pth and "
                "taesana_decoder.pth",
            )
        )
    return None


def terms_to_show(choice: str | Path) -> str | None:
    """The license of a named autoencoder that is not here yet, for people; None where there is nothing to show."""
    entry = named_autoencoder(choice)
    if entry is None or is_here(entry):
        return None
    return licenses.terms_text(entry.title, entry.terms)


def is_here(entry: NamedAutoencoder) -> bool:
    """Whether its files need not be downloaded any more."""
    return cached_folder(entry) is not None


def cached_folder(entry: NamedAutoencoder) -> Path | None:
    """Where its files are; None where they are not."""
    if entry.hub is not None:
        return hub.downloaded(entry.hub)
    folder = licenses.cache_folder() / CACHE_NAME / entry.name
    return folder if (folder / SUMS_NAME).is_file() else None


def obtain_tiny(choice: str | Path, *, accept_license: bool = False, offline: bool = False) -> Path:
    """The diffusers folder of a tiny autoencoder: downloaded, checked and converted where it is not here yet.

    Raises:
        ArgumentError: no such name or folder.
        LicenseError: its terms must be acknowledged and have not been.
        DownloadError: it is not here, and offline or not to be had.
        WeightsError: a file is damaged or another one than was published.
        OutputError: the cache cannot be written.
    """
    entry = named_autoencoder(choice)
    if entry is None:
        return Path(choice)
    if entry.asks:
        if accept_license and not licenses.is_acknowledged(entry.title, entry.terms):
            licenses.acknowledge(entry.title, entry.terms)
        licenses.require_acknowledged(entry.title, entry.terms)
    if entry.hub is not None:
        return hub.fetch(entry.hub, offline=offline)
    if (folder := cached_folder(entry)) is not None:
        return folder
    base = licenses.own_cache(CACHE_NAME)
    encoder, decoder = (fetch_file(file, base, offline=offline) for file in entry.files)
    from sprint_live.models.taesana_files import write_taesana

    write_taesana(encoder, decoder, base / entry.name)
    return base / entry.name


def refuse_other_latents(choice: str | Path, model_folder: Path) -> None:
    """Refuse a model with other latents than SANA's; reads the model's vae/config.json, before any weight.

    Raises:
        ArgumentError: the model's autoencoder is not an AutoencoderDC of SANA's channels, ratio and scale.
    """
    try:
        found = json.loads((model_folder / "vae" / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return  # whoever loads the model says what is wrong with it
    is_alike = (
        found.get("_class_name") == "AutoencoderDC"
        and len(found.get("decoder_block_out_channels", ())) == SANA_STAGES
        and all(found.get(name) == AUTOENCODER[name] for name in ("latent_channels", "scaling_factor"))
    )
    if not is_alike:
        raise ArgumentError(
            refusal(
                got=f"tiny autoencoder {choice} with a model whose autoencoder is a {found.get('_class_name')}",
                accepted="a model on SANA's DC-AE: 32 channels at 1/32, factor 0.41407",
                fix="leave --tiny-autoencoder out: this model has its own preview decoder, or none",
            )
        )
