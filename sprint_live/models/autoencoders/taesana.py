"""taesana: the tiny autoencoder of SANA's latents by the author of TAESD."""

from __future__ import annotations

from sprint_live.models.autoencoders import NamedAutoencoder
from sprint_live.models.downloads import PublishedFile
from sprint_live.models.licenses import Terms
from sprint_live.models.memory import Part

REPOSITORY = "https://github.com/madebyollin/taesd"
COMMIT = "5cccb12dc72074a4be35680c3b108548a7c69978"
FILES = f"https://raw.githubusercontent.com/madebyollin/taesd/{COMMIT}"

AUTOENCODER = NamedAutoencoder(
    name="taesana",
    title="TAESANA",
    what="a tiny encoder and a tiny decoder: 33 and 592 GFLOP a picture instead of 5,180 and 8,369; fine textures are "
    "simplified",
    terms=(
        Terms(
            name="MIT license (TAESANA, by Ollin Boer Bohan)",
            url=f"{REPOSITORY}/blob/main/LICENSE",
            meaning="Use it for anything; whoever passes it on keeps the copyright notice with it.",
        ),
    ),
    asks=False,
    files=(
        PublishedFile(
            name="taesana_encoder.pth",
            url=f"{FILES}/taesana_encoder.pth",
            sha256="858f4e4cc293f88efaf58107f4154b960b9ced0cb5d9c050dad11f926b618c1f",
            about_bytes=2_537_004,
        ),
        # it could not be had where this was written: the first download records its sum, and it stays
        PublishedFile(
            name="taesana_decoder.pth", url=f"{FILES}/taesana_decoder.pth", sha256=None, about_bytes=16_600_000
        ),
    ),
    # working memory counted by tests/models/test_taesana.py, copies by tests/engine/gpu/test_tiny_memory.py
    encoder=Part(parameters=1_256_288, copied_parameters=1_254_240, working_mib=30.0, working_float32_mib=60.0),
    decoder=Part(parameters=8_301_763, copied_parameters=8_668_864, working_mib=384.1, working_float32_mib=768.1),
    gflop=(33.3, 592.1),
)
