"""The preview decoder of sprint-tiny: a third of the decoder's work for half its side.

It is diffusers' DC-AE decoder once more, narrower, stopping at 1/8 of its own picture and unfolding 8x8 pixels from
channels there. It is distilled from the full decoder (sprint_live/train/networks/preview.py).

Knows: latents and pixels.  Must not know: text, time, control, the app.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from diffusers.configuration_utils import ConfigMixin, register_to_config
from diffusers.models.autoencoders.autoencoder_dc import Decoder
from diffusers.models.autoencoders.vae import DecoderOutput
from diffusers.models.modeling_utils import ModelMixin

PREVIEW_FOLD = 8  # pixels unfolded from channels per side


class SprintPreviewDecoder(ModelMixin, ConfigMixin):
    """Latents (B, C, Y, X) at unit scale -> small pictures (B, 3, 32 Y, 32 X), about [-1, 1].

    It is called as an AutoencoderDC is: `decode(z / config.scaling_factor)`, and its factor is 1.

    Source: deep compression autoencoder, arXiv 2410.10733 (blocks and shortcuts).
    """

    @register_to_config
    def __init__(
        self,
        latent_channels: int = 32,
        block_out_channels: tuple[int, ...] = (48, 96, 128),
        layers_per_block: tuple[int, ...] = (1, 2, 1),
        scaling_factor: float = 1.0,
    ) -> None:
        super().__init__()
        self.decoder = Decoder(
            in_channels=3 * PREVIEW_FOLD**2,
            latent_channels=latent_channels,
            block_out_channels=block_out_channels,
            layers_per_block=layers_per_block,
            qkv_multiscales=((),) * len(block_out_channels),
        )

    def decode(self, z: torch.Tensor, return_dict: bool = True) -> DecoderOutput | tuple[torch.Tensor]:
        """Latent (B, C, Y, X) -> picture (B, 3, 8 h, 8 w), where (h, w) = (Y,
        X) doubled by every block but the last.
        """
        sample = F.pixel_shuffle(self.decoder(z), PREVIEW_FOLD)
        return DecoderOutput(sample=sample) if return_dict else (sample,)
