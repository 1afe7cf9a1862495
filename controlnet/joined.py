"""A base that is called as a module, with a branch that joins it while it runs.

Everything that sits on `forward` runs: offloading hooks, compiled graphs, layerwise casting, forward hooks. The joint
is one hook on every block of the base, put there once and idle without a branch, so that a graph compiled before the
first control holds it too. `controlnet.forward.controlled_forward` computes the same numbers with the loop written out.

Legend: B batch, C channels, Y X latent rows/columns, N image tokens, L text tokens, D width.
"""

from __future__ import annotations

import torch
from diffusers.models.transformers.sana_transformer import SanaTransformer2DModel
from torch import Tensor, nn

from controlnet.branch import SanaSprintControlNet
from controlnet.forward import refuse_foreign_branch
from controlnet.stem import Context, Inputs


def called_with_branch(
    transformer: SanaTransformer2DModel,
    inputs: Inputs,
    *,
    controlnet: SanaSprintControlNet | None = None,
    control_latent_BCYX: Tensor | None = None,
    conditioning_scale: float | Tensor = 1.0,
    attention_kwargs: dict[str, object] | None = None,
) -> Tensor:
    """Prediction (B, C, Y, X) of `transformer(...)`, the branch's residuals in its blocks.

    inputs: as for `controlled_forward`, guidance already times guidance_embeds_scale. controlnet: None for the base
    alone; otherwise control_latent_BCYX is its scaled latent. conditioning_scale: factor on every residual, a float or
    (B,). attention_kwargs: passed to base and branch (`scale` is that of their LoRA).

    Raises:
        ArgumentError: a branch that does not fit the base.
    """
    switched_off = isinstance(conditioning_scale, int | float) and conditioning_scale == 0
    run = None
    if controlnet is not None and not switched_off:
        refuse_foreign_branch(transformer, controlnet)
        run = _Run(transformer, controlnet, inputs, control_latent_BCYX, conditioning_scale, attention_kwargs)
    join(transformer)
    for block in transformer.transformer_blocks:
        block.branch_run = run
    try:
        return transformer(
            inputs.latent_BCYX,
            encoder_hidden_states=inputs.text_BLD,
            encoder_attention_mask=inputs.text_mask,
            guidance=inputs.guidance,
            timestep=inputs.timestep,
            attention_kwargs=attention_kwargs,
            return_dict=False,
        )[0]
    finally:
        for block in transformer.transformer_blocks:
            block.branch_run = None


def join(transformer: SanaTransformer2DModel) -> None:
    """Put the joint on every block of a base, once; it does nothing until a branch runs."""
    blocks = list(transformer.transformer_blocks)
    if all(_after_block in block._forward_hooks.values() for block in blocks):
        return
    for index, block in enumerate(blocks):
        block.branch_run, block.branch_index = None, index
        block.register_forward_pre_hook(_before_block)
        block.register_forward_hook(_after_block)
    if getattr(transformer, "_compiled_call_impl", None) is not None or hasattr(transformer, "_orig_mod"):
        torch._dynamo.reset()  # graphs are not guarded on hooks: one made before would not hold the joint


def is_joint(hook: object) -> bool:
    """Whether a forward hook of a block is ours."""
    return hook in (_before_block, _after_block)


class _Run:
    """One call: the residuals appear when the base reaches the place that the branch starts from."""

    def __init__(
        self,
        transformer: SanaTransformer2DModel,
        controlnet: SanaSprintControlNet,
        inputs: Inputs,
        control_latent_BCYX: Tensor,
        scale: float | Tensor,
        attention_kwargs: dict[str, object] | None,
    ) -> None:
        self.transformer, self.controlnet, self.inputs = transformer, controlnet, inputs
        self.control_latent_BCYX, self.attention_kwargs = control_latent_BCYX, attention_kwargs
        self.scale = scale[:, None, None] if isinstance(scale, Tensor) and scale.ndim == 1 else scale
        self.released = controlnet.config.topology == "released"
        self.residuals: tuple[Tensor, ...] = ()
        self.patches_BND: Tensor | None = None
        self.context: Context | None = None

    @torch._dynamo.disable
    def before(self, index: int, arguments: tuple) -> None:
        """Note what the first block was given: patches, text and time."""
        if index == 0:
            self.patches_BND, _, *context = arguments
            self.context = Context(*context)

    @torch._dynamo.disable
    def after(self, index: int, hidden_BND: Tensor) -> Tensor:
        """The output of block `index` and what the branch adds to it."""
        if index == 0:
            self._run_branch(hidden_BND if self.released else self.patches_BND)
        residual = index if self.released else index - 1
        if 0 <= residual < len(self.residuals):
            hidden_BND = hidden_BND + self.scale * self.residuals[residual]
        return hidden_BND

    def _run_branch(self, start_BND: Tensor) -> None:
        own = self.controlnet.own_stem is not None
        control = self.control_latent_BCYX if own else self.transformer.patch_embed(self.control_latent_BCYX)
        self.residuals = self.controlnet(
            start_BND,
            control,
            *self.context,  # pyright: ignore[reportOptionalIterable]  # set when the branch is entered
            inputs=self.inputs if own else None,
            attention_kwargs=self.attention_kwargs,
            return_dict=False,
        )[0]


def _before_block(block: nn.Module, arguments: tuple) -> None:
    if block.branch_run is not None:
        block.branch_run.before(block.branch_index, arguments)


def _after_block(block: nn.Module, arguments: tuple, hidden_BND: Tensor) -> Tensor | None:
    return None if block.branch_run is None else block.branch_run.after(block.branch_index, hidden_BND)
