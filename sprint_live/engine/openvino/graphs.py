"""The networks of one frame as OpenVINO graphs: made once from the torch modules, kept in the user's cache.

    page     (B, 3, H, W) in [-1, 1], averaged where the autoencoder averages -> scaled latent (B, 32, Y, X)
    step     x_s, text, mask, s, guidance, control latent, strength  -> v (B, 32, Y, X)
    picture  latent at unit scale                           -> (B, 3, H, W), about [-1, 1], before its enlargement

Sizes and numbers of tokens are dynamic: one graph draws every shape. Making them takes seconds, reading them 0.1 s.

Knows: torch modules, OpenVINO, files.  Must not know: requests, prompts, samplers.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from tqdm import tqdm

from controlnet.attention import plain_attention
from controlnet.forward import controlled_forward
from sprint_live.engine.openvino.graph_files import FORMAT, load_openvino, read_graph, write_graph
from sprint_live.errors import OutputError
from sprint_live.models.licenses import own_cache
from sprint_live.private_folders import own_folder

if TYPE_CHECKING:
    import openvino

    from sprint_live.pipeline.sana_sprint import SanaSprintControlNetPipeline

_EXAMPLE_ROWS, _EXAMPLE_COLUMNS, _EXAMPLE_TOKENS = 4, 6, 5  # all different, so that no size is taken for another


class PageGraph(nn.Module):
    """Half-size (or whole) pixels to the scaled latent."""

    def __init__(self, vae: nn.Module) -> None:
        super().__init__()
        self.encoder = vae.encode_half if hasattr(vae, "encode_half") else vae.encoder
        self.vae, self.scale = vae, vae.config.scaling_factor

    def forward(self, image_pm1: Tensor) -> Tensor:
        """Pixels (B, C, H, W) in -1..1 -> latent (B, C, Y, X)."""
        return self.encoder(image_pm1) * self.scale


class PictureGraph(nn.Module):
    """Latent at unit scale to half-size (or whole) pixels."""

    def __init__(self, vae: nn.Module) -> None:
        super().__init__()
        self.decoder = vae.decode_half if hasattr(vae, "decode_half") else vae.decoder
        self.vae, self.scale = vae, vae.config.scaling_factor

    def forward(self, clean_BCYX: Tensor) -> Tensor:
        """Latent (B, C, Y, X) -> pixels (B, C, H, W) in -1..1."""
        return self.decoder(clean_BCYX / self.scale)


class StepGraph(nn.Module):
    """Transformer and branch together; strength (B,) 0 switches the branch off, at the price of its work."""

    def __init__(self, transformer: nn.Module, controlnet: nn.Module | None) -> None:
        super().__init__()
        self.transformer, self.controlnet = transformer, controlnet

    def forward(
        self,
        x_s: Tensor,
        text_BLD: Tensor,
        mask_BL: Tensor,
        s: Tensor,
        guidance: Tensor,
        control: Tensor,
        strength: Tensor,
    ) -> Tensor:
        """Latent (B, C, Y, X), text (B, L, D) and its mask, times and strengths (B,) -> the flow (B, C, Y, X)."""
        return controlled_forward(
            self.transformer,
            x_s,
            text_BLD,
            timestep=s,
            text_mask=mask_BL,
            guidance=guidance if self.transformer.config.guidance_embeds else None,
            controlnet=self.controlnet,
            control_latent_BCYX=None if self.controlnet is None else control,
            conditioning_scale=strength,
        )


def graphs(pipeline: SanaSprintControlNetPipeline, cache: Path | None = None) -> Mapping[str, openvino.Model]:
    """{"page", "step", "picture"}, read from `cache` (default: this user's) or made from the modules and kept there.

    A damaged file in the cache is made again. float32 weights; the precision of the arithmetic is chosen on compiling.
    """
    openvino = load_openvino()
    core, recipes = openvino.Core(), _recipes(pipeline)
    try:
        folder = own_folder((cache or own_cache("openvino")) / graphs_name(pipeline))
    except OutputError as error:
        warnings.warn(f"OpenVINO graphs cannot be kept, and are made anew at every start: {error}", stacklevel=2)
        folder = None
    found = {name: None if folder is None else read_graph(core, folder / f"{name}.xml") for name in recipes}
    missing = [name for name, graph in found.items() if graph is None]
    for name in tqdm(missing, desc="making OpenVINO graphs, once for these weights", unit="graph", disable=not missing):
        found[name] = _convert(*recipes[name])
        if folder is None:
            continue
        try:
            write_graph(found[name], folder / f"{name}.xml")
        except OSError as error:
            warnings.warn(
                (
                    f"OpenVINO graphs cannot be kept in {folder} ({error.strerror or error}): they will be made anew "
                    "at every start"
                ),
                stacklevel=2,
            )
    return found


def _recipes(
    pipeline: SanaSprintControlNetPipeline,
) -> dict[str, tuple[nn.Module, tuple[Tensor, ...], list[tuple[int, ...]]]]:
    """Name -> (module, example arguments, shapes with -1 for what varies)."""
    vae, config = pipeline.vae, pipeline.transformer.config
    rows, columns = _EXAMPLE_ROWS, _EXAMPLE_COLUMNS
    latent = torch.ones(1, config.in_channels, rows, columns)
    text, mask = (
        torch.ones(1, _EXAMPLE_TOKENS, config.caption_channels),
        torch.ones(1, _EXAMPLE_TOKENS, dtype=torch.int64),
    )
    one = torch.ones(1)
    ratio = pipeline.vae_scale_factor // pixels_a_side(vae)
    page = torch.ones(1, 3, rows * ratio, columns * ratio)
    latents, number = (-1, config.in_channels, -1, -1), (-1,)
    step_shapes = [latents, (-1, -1, config.caption_channels), (-1, -1), number, number, latents, number]
    return {
        "page": (PageGraph(vae), (page,), [(-1, 3, -1, -1)]),
        "step": (
            StepGraph(pipeline.transformer, pipeline.controlnet),
            (latent, text, mask, one, one, torch.ones_like(latent), one),
            step_shapes,
        ),
        "picture": (PictureGraph(vae), (latent,), [latents]),
    }


def pixels_a_side(vae: nn.Module) -> int:
    """How many pixels of a page one pixel of the graphs stands for, a side: 2 where the autoencoder averages them."""
    from sprint_live.models.autoencoder import PIXEL_AVERAGE

    return PIXEL_AVERAGE if hasattr(vae, "encode_half") else 1


def _convert(module: nn.Module, example: tuple[Tensor, ...], shapes: list[tuple[int, ...]]) -> openvino.Model:
    openvino = load_openvino()
    module.eval()
    with torch.no_grad(), plain_attention(module), warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # tracing is what OpenVINO's converter takes today
        # a released autoencoder's attention takes one of two equal products by the size of its input: either does for
        # all sizes
        warnings.filterwarnings(
            "ignore", category=torch.jit.TracerWarning, module="diffusers.models.attention_processor"
        )
        traced = torch.jit.trace(module, example, check_trace=False)
        return openvino.convert_model(traced, example_input=example, input=shapes)


def graphs_name(pipeline: SanaSprintControlNetPipeline) -> str:
    """The cache's folder for these very weights under these versions of the tools."""
    digest = hashlib.sha256(f"{FORMAT} {load_openvino().__version__} {torch.__version__}".encode())
    for component in (pipeline.vae, pipeline.transformer, pipeline.controlnet):
        for name, tensor in sorted({} if component is None else component.state_dict().items()):
            digest.update(name.encode())
            digest.update(tensor.detach().float().contiguous().numpy())
    return digest.hexdigest()[:32]
