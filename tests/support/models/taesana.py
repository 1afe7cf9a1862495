"""TAESANA as it is published: its real encoder, a decoder of its true shapes with random weights,
and a second implementation of both.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import torch
from torch import nn

from sprint_live.models.taesana_files import read_taesana
from sprint_live.models.tiny_autoencoder import TinySanaAutoencoder
from support.paths import ROOT

REAL_ENCODER = ROOT / "tests" / "support" / "taesana" / "taesana_encoder.pth"


class _Block(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        three = [nn.Conv2d(channels, channels, 3, padding=1) for _ in range(3)]
        self.conv = nn.Sequential(three[0], nn.ReLU(), three[1], nn.ReLU(), three[2])

    def forward(self, x):
        return torch.relu(self.conv(x) + x)


class _Tanh(nn.Module):
    def forward(self, x):
        return 3 * torch.tanh(x / 3)


def _conv(inputs: int, outputs: int, **options) -> nn.Conv2d:
    return nn.Conv2d(inputs, outputs, 3, padding=1, **options)


def published_encoder() -> nn.Sequential:
    """[0, 1] -> latent, layer by layer at the positions that the published file names."""
    layers = [_conv(3, 32, stride=2), nn.ReLU(), _conv(32, 64, stride=2), nn.ReLU(), _Block(64)]
    for _ in range(3):
        layers += [_conv(64, 64, stride=2, bias=False), _Block(64), _Block(64), _Block(64)]
    return nn.Sequential(*layers, _conv(64, 32))


def published_decoder() -> nn.Sequential:
    """Latent -> [0, 1]."""
    layers = [_Tanh(), _conv(32, 256), nn.ReLU(), *(_Block(256) for _ in range(3))]
    for inputs, outputs, count in ((256, 128, 3), (128, 64, 3), (64, 64, 3), (64, 64, 3), (64, 64, 1)):
        layers += [nn.Upsample(scale_factor=2), _conv(inputs, outputs, bias=False)]
        layers += [_Block(outputs) for _ in range(count)]
    return nn.Sequential(*layers, _conv(64, 3))


def write_published(folder: Path) -> tuple[Path, Path]:
    """taesana_encoder.pth, the real one, and taesana_decoder.pth with random weights, float16, in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    encoder, decoder = folder / "taesana_encoder.pth", folder / "taesana_decoder.pth"
    shutil.copyfile(REAL_ENCODER, encoder)
    with torch.random.fork_rng():
        torch.manual_seed(7)
        torch.save(published_decoder().half().state_dict(), decoder)
    return encoder, decoder


def make_taesana() -> TinySanaAutoencoder:
    """Our network with the real encoder and a random decoder, float32."""
    with tempfile.TemporaryDirectory() as folder:
        return read_taesana(*write_published(Path(folder))).float()
