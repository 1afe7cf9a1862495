"""Decides which rewrites of a loaded autoencoder are on, and says why the others are not.

Knows: the autoencoder, the switches.  Must not know: what a rewrite does, the app.
"""

from __future__ import annotations

import torch
from diffusers import AutoencoderDC
from diffusers.models.autoencoders.autoencoder_dc import DCUpBlock2d

from sprint_live.engine.autoencoder.incremental import StagedEncoder
from sprint_live.engine.autoencoder.rewrites import can_pack
from sprint_live.engine.fp8 import why_not_fp8
from sprint_live.engine.hooks import HOOKED, is_hooked
from sprint_live.engine.jpeg import why_not_nvjpeg
from sprint_live.engine.switch_table import PIXEL_SWITCHES
from sprint_live.engine.switches import Switches


def pixel_rewrites(vae: AutoencoderDC, switches: Switches, *, has_preview: bool, has_tiny: bool) -> frozenset[str]:
    """Names of PIXEL_SWITCHES for PageEncoder and PictureDecoder;
    those that cannot work here are refused with their reason.

    has_preview: there is a preview decoder. has_tiny: it comes with a tiny encoder.
    """
    if is_hooked(vae):
        refused = dict.fromkeys(PIXEL_SWITCHES, HOOKED.format(what="autoencoder"))
    elif vae.use_tiling:
        refused = dict.fromkeys(PIXEL_SWITCHES, "the autoencoder runs in tiles")
    else:
        refused = _refused(vae)
    if why := why_not_nvjpeg(vae.device):
        refused["nvjpeg"] = why
    if not has_preview:
        refused["preview-decoder"] = "the model's folder has no preview decoder, and --tiny-autoencoder names none"
    if not has_tiny:
        refused["tiny-encoder"] = "no tiny autoencoder that has an encoder was chosen (--tiny-autoencoder taesana)"
    for name, why in refused.items():
        if name in switches:
            switches.refuse(name, why)
    return frozenset(name for name in PIXEL_SWITCHES if name in switches)


def _refused(vae: AutoencoderDC) -> dict[str, str]:
    refused = {}
    if not any(isinstance(block, DCUpBlock2d) and block.interpolate for block in vae.decoder.modules()):
        refused["upsample-fold"] = "this decoder unfolds channels, it repeats no pixels"
    if vae.dtype not in (torch.float32, torch.float64):
        refused["shortcut-fold"] = f"1 + a small weight would round the weight away in {vae.dtype}".replace(
            "torch.", ""
        )
    if vae.device.type != "cpu":
        refused |= dict.fromkeys(("packed-conv", "quick-pixels"), f"a CPU's; the model is on {vae.device.type}")
    elif vae.dtype != torch.float32 or not can_pack():
        refused["packed-conv"] = "only for float32, with a torch that has oneDNN's operators"
    if why := why_not_fp8(vae.device):
        refused["fp8-decoder"] = why
    if not StagedEncoder(vae.encoder).num_local:
        refused["incremental-encode"] = "no stage of this encoder is known to be local"
    return refused
