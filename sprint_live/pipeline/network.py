"""A SANA-Sprint transformer and its branch as a single function for the sampler: F = net(x_t, t).

Legend: B batch, C channels, Y X latent rows/columns, L text tokens, D width.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from diffusers import SanaTransformer2DModel
from torch import Tensor

from controlnet.branch import SanaSprintControlNet
from controlnet.joined import called_with_branch
from controlnet.stem import Inputs
from sprint_live.diffusion import trigflow


class SprintNetwork:
    """`net(x_t, t)` of one run: call it once a step, in order.

    prompt_embeds: (B, L, D), prompt_attention_mask: (B, L); may be replaced between steps. control_latents: scaled, (B,
    C, Y, X), or None for no control. controlled: for each step, whether the control counts in it. sigma_data:
    that of the scheduler.

    Source: SANA-Sprint arXiv 2503.09641 eq. 4-6 (the conversions lie in `trigflow`).
    """

    def __init__(
        self,
        transformer: SanaTransformer2DModel,
        controlnet: SanaSprintControlNet | None,
        *,
        prompt_embeds: Tensor,
        prompt_attention_mask: Tensor,
        guidance_scale: float,
        control_latents: Tensor | None,
        controlnet_conditioning_scale: float | Tensor,
        controlled: Sequence[bool],
        sigma_data: float = trigflow.SIGMA_DATA,
        attention_kwargs: dict[str, object] | None = None,
    ) -> None:
        self.prompt_embeds = prompt_embeds
        self._transformer, self._controlnet = transformer, controlnet
        self.prompt_attention_mask, self._guidance_scale = prompt_attention_mask, guidance_scale
        self._control_latents, self._conditioning_scale = control_latents, controlnet_conditioning_scale
        self._attention_kwargs, self._sigma_data = attention_kwargs, sigma_data
        self._controlled = iter(controlled)

    def __call__(self, x_t: Tensor, t: Tensor) -> Tensor:
        """F (B, C, Y, X) at unit scale, float32, for x_t of std sigma_data at the angle t (B,)."""
        device, dtype = x_t.device, self._transformer.dtype
        guidance = None
        if self._transformer.config.guidance_embeds:
            guidance = torch.full(t.shape, self._guidance_scale, device=device).to(dtype)
            guidance = guidance * self._transformer.config.guidance_embeds_scale
        controlled = next(self._controlled) and self._control_latents is not None

        def predict(x_s: Tensor, s: Tensor) -> Tensor:
            inputs = Inputs(
                latent_BCYX=x_s.to(dtype),
                text_BLD=self.prompt_embeds.to(device=device, dtype=dtype),
                timestep=s,
                guidance=guidance,
                text_mask=self.prompt_attention_mask.to(device),
            )
            return called_with_branch(
                self._transformer,
                inputs,
                controlnet=self._controlnet if controlled else None,
                control_latent_BCYX=self._control_latents.to(device, dtype) if controlled else None,
                conditioning_scale=self._conditioning_scale,
                attention_kwargs=self._attention_kwargs,
            )

        return trigflow.F_by_flow(predict, x_t, t, self._sigma_data)
