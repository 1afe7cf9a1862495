"""`controlnet.forward.controlled_forward` for inference: the same network, without repeated work.

Results that depend only on the prompt, only on time and guidance, or only on noise and prompt are cached between calls:
while a person draws, only the control latent changes. With a released branch, even block 0 of the base is cached.

Knows: the transformer, the branch.  Must not know: TrigFlow, seeds, pixels.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from diffusers import SanaTransformer2DModel
from torch import Tensor, nn

from controlnet.branch import SanaSprintControlNet
from sprint_live.engine.denoising.block import FastBlock
from sprint_live.engine.denoising.cuda_graphs import Graphed, Recorder
from sprint_live.engine.denoising.linear import Linear, can_pack
from sprint_live.engine.denoising.stem import KEPT_MOMENTS, Caption, Conditions, FastStem, Moment
from sprint_live.engine.lru_cache import LruCache

KEPT_STARTS = 32
MAX_KEPT_CAPTIONS = 64
CAPTION_BYTES = 256 * 2**20


@dataclass(frozen=True, kw_only=True)
class FastOptions:
    """Each optimization on or off; see `switches.TABLE` for what they are. bucket: text tokens are padded to a
    multiple. compile: a backend of torch.compile for everything behind the start, "" for none.
    """

    prompt_kv: bool = True
    valid_tokens: bool = True
    adaln_cache: bool = True
    block0_cache: bool = True
    fused_qkv: bool = True
    packed: bool = True
    folded_text: bool = True
    fp8: bool = False
    bucket: int = 1
    compile: str = ""


class FastNetwork:
    """Build it from a transformer and a branch or None; it reads their weights, which must not change afterwards.

    recorder: what records everything behind the start as graphs (`graphs.Graphed`); None runs it each time.
    """

    def __init__(
        self,
        transformer: SanaTransformer2DModel,
        controlnet: SanaSprintControlNet | None,
        options: FastOptions,
        *,
        recorder: Recorder | None = None,
    ) -> None:
        self._transformer, self._controlnet = transformer, controlnet
        num_bytes = sum(
            weight.nbytes for module in (transformer, controlnet) if module for weight in module.parameters()
        )
        packed = options.packed and not options.fp8 and can_pack(transformer.dtype, transformer.device, num_bytes)

        def fast(blocks: Sequence[nn.Module]) -> list[FastBlock]:
            return [
                FastBlock(
                    block,
                    fused_qkv=options.fused_qkv,
                    packed=packed,
                    folded_text=options.folded_text,
                    fp8=options.fp8,
                )
                for block in blocks
            ]

        base, branch, own = fast(transformer.transformer_blocks), [], None
        if controlnet is not None:
            branch, own = fast(controlnet.blocks), controlnet.own_stem
            self._before = Linear(controlnet.before_proj.weight, controlnet.before_proj.bias, packed=packed)
            self._after = [Linear(layer.weight, layer.bias, packed=packed) for layer in controlnet.after_proj]
        own_blocks = [] if own is None else [*fast([] if own.block is None else [own.block]), *branch]
        captions = self._captions_to_keep(len(base) + len(branch)) if options.prompt_kv else 0
        moments = KEPT_MOMENTS if options.adaln_cache else 0

        def stem(module: nn.Module, blocks: list[FastBlock]) -> FastStem:
            return FastStem(
                module,
                blocks,
                trim=options.valid_tokens,
                bucket=options.bucket,
                kept_captions=captions,
                kept_moments=moments,
            )

        self._base = stem(transformer, base if own is not None else [*base, *branch])
        self._own = None if own is None else stem(own, own_blocks)
        self._num_base, self._num_residuals = len(base), len(branch)
        self._released = controlnet is not None and controlnet.config.topology == "released"
        self._head = (
            2 if controlnet is not None and not self._released else 1
        )  # base blocks that run before any residual is added
        self._starts: LruCache[tuple[Tensor, ...]] = LruCache(KEPT_STARTS if options.block0_cache else 0)
        self._keeps_starts = options.block0_cache
        self._proj_out = Linear(transformer.proj_out.weight, transformer.proj_out.bias, packed=packed)
        rest = (
            torch.compile(self._compute, fullgraph=True, dynamic=False, backend=options.compile)
            if options.compile
            else self._compute
        )
        self._rest = rest if recorder is None else Graphed(rest, recorder)

    def _captions_to_keep(self, num_blocks: int) -> int:
        config = self._transformer.config
        each = (
            num_blocks
            * 2
            * 300
            * config.num_attention_heads
            * config.attention_head_dim
            * self._transformer.dtype.itemsize
        )
        return max(2, min(MAX_KEPT_CAPTIONS, CAPTION_BYTES // each))

    def predict(
        self,
        latent_BCYX: Tensor,
        captions: Sequence[Caption],
        moment: Moment,
        *,
        control_BCYX: Tensor | None,
        strength: float | Tensor,
        start_keys: Sequence[Hashable] | None,
    ) -> Tensor:
        """The prediction (B, C, Y, X) that `controlled_forward` gives for the same inputs.

        control_BCYX: scaled control latents, or None for no control. strength: factor on the residuals, a float or (B,
        1, 1). start_keys: what stands for each latent, or None where a latent will not come again.
        """
        patch = self._transformer.patch_embed.patch_size
        rows, columns = latent_BCYX.shape[-2] // patch, latent_BCYX.shape[-1] // patch
        starts = self._start(latent_BCYX, captions, moment, start_keys, rows, columns)
        own = None if self._own is None or control_BCYX is None else self._own.conditions(captions, moment)
        return self._rest(
            (rows, columns), (starts, control_BCYX, strength, self._base.conditions(captions, moment), own)
        )

    def _compute(
        self,
        rows_columns: tuple[int, int],
        arguments: tuple[tuple[Tensor, ...], Tensor | None, float | Tensor, Conditions, Conditions | None],
    ) -> Tensor:
        """Everything behind the start, from (starts, control, strength, the base's conditions, an own stem's)."""
        (rows, columns), (starts, control_BCYX, strength, (texts, modulations, time_1D), own) = rows_columns, arguments
        hidden_BND, patches_BND = starts[:2]
        num_residuals = self._num_residuals if control_BCYX is not None else 0
        if num_residuals:
            entered = (hidden_BND if self._released else patches_BND) if own is None else starts[2]
            embed = (self._transformer if own is None else self._controlnet.own_stem).patch_embed
            state_BND = entered + self._before(embed(control_BCYX))
            branch, offset, branch_texts, branch_modulations = self._base.blocks, self._num_base, texts, modulations
            if own is not None:
                branch_texts, branch_modulations, _ = own
                branch, offset = self._own.blocks, len(self._own.blocks) - num_residuals
        for index in range(1, self._num_base):
            residual_BND = None
            if index <= num_residuals:
                at = offset + index - 1
                state_BND = branch[at](state_BND, branch_texts[at], branch_modulations[at], rows, columns)
                residual_BND = self._after[index - 1](state_BND)
            if residual_BND is not None and self._released:
                hidden_BND = hidden_BND + strength * residual_BND
            if index >= self._head:
                hidden_BND = self._base.blocks[index](hidden_BND, texts[index], modulations[index], rows, columns)
            if residual_BND is not None and not self._released:
                hidden_BND = hidden_BND + strength * residual_BND
        return self._finish(hidden_BND, time_1D, rows, columns)

    def _start(
        self,
        latent_BCYX: Tensor,
        captions: Sequence[Caption],
        moment: Moment,
        start_keys: Sequence[Hashable] | None,
        rows: int,
        columns: int,
    ) -> tuple[Tensor, ...]:
        """State after the first base blocks, patches, and what a branch with its own stem starts from;
        kept by latent, text and moment.
        """
        if start_keys is None or not self._keeps_starts:
            return self._compute_start(latent_BCYX, captions, moment, rows, columns)
        each = []
        for index, (key, caption) in enumerate(zip(start_keys, captions, strict=True)):
            one, text = latent_BCYX[index : index + 1], captions[index : index + 1]
            full_key = (key, rows, columns, caption.key, moment.key)
            each.append(
                self._starts.get(
                    full_key, lambda one=one, text=text: self._compute_start(one, text, moment, rows, columns)
                )
            )
        return each[0] if len(each) == 1 else tuple(torch.cat(parts) for parts in zip(*each, strict=True))

    def _compute_start(
        self, latent_BCYX: Tensor, captions: Sequence[Caption], moment: Moment, rows: int, columns: int
    ) -> tuple[Tensor, ...]:
        texts, modulations, _ = self._base.conditions(captions, moment)
        patches_BND = hidden_BND = self._transformer.patch_embed(
            latent_BCYX
        ).contiguous()  # it comes as channels first, transposed
        for index in range(self._head):
            hidden_BND = self._base.blocks[index](hidden_BND, texts[index], modulations[index], rows, columns)
        if self._own is None:
            return hidden_BND, patches_BND
        own_BND = self._controlnet.own_stem.patch_embed(latent_BCYX).contiguous()
        if self._controlnet.own_stem.block is not None:
            own_texts, own_modulations, _ = self._own.conditions(captions, moment)
            own_BND = self._own.blocks[0](own_BND, own_texts[0], own_modulations[0], rows, columns)
        return hidden_BND, patches_BND, own_BND

    def _finish(self, hidden_BND: Tensor, time_1D: Tensor, rows: int, columns: int) -> Tensor:
        """The modulated norm, the projection and the way back from tokens (B, N, D) to a latent (B, C, Y, X)."""
        model, patch = self._transformer, self._transformer.patch_embed.patch_size
        shift, scale = (model.scale_shift_table + time_1D).unbind(0)
        normed = F.layer_norm(hidden_BND, hidden_BND.shape[-1:], 1 + scale, shift, model.norm_out.norm.eps)
        tiles = self._proj_out(normed).unflatten(1, (rows, columns)).unflatten(-1, (patch, patch, -1))
        return tiles.permute(0, 5, 1, 3, 2, 4).reshape(len(hidden_BND), -1, rows * patch, columns * patch)
