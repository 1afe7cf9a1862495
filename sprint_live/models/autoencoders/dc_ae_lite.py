"""dc-ae-lite: SANA's DC-AE with a lighter decoder, by its authors."""

from __future__ import annotations

from types import MappingProxyType

from sprint_live.models import released
from sprint_live.models.autoencoders import NamedAutoencoder
from sprint_live.models.hub_lock import HubSource
from sprint_live.models.licenses import Terms
from sprint_live.models.memory import Part

REPO_ID = "mit-han-lab/dc-ae-lite-f32c32-sana-1.1-diffusers"
# its encoder is the DC-AE's; counted on this configuration: 268.2 M parameters and 7,514 GFLOP, as others report
CONFIG = MappingProxyType(
    {
        **released.AUTOENCODER,
        "decoder_block_types": "ResBlock",
        "decoder_layers_per_block": (0, 3, 5, 4, 4, 4),
        "decoder_qkv_multiscales": ((),) * 6,
        "upsample_block_type": "pixel_shuffle",
    }
)

AUTOENCODER = NamedAutoencoder(
    name="dc-ae-lite",
    title="DC-AE-Lite",
    what="a lighter decoder: 7,514 GFLOP a picture instead of 8,369, a third of the memory traffic; it has the "
    "DC-AE's own encoder",
    terms=(
        Terms(
            name=f"the license of {REPO_ID}",
            url=f"https://huggingface.co/{REPO_ID}",
            meaning="Its page says on which terms it may be used; it could not be read where this was written.",
        ),
    ),
    asks=True,
    hub=HubSource(repo_id=REPO_ID, component=True),
    decoder=Part(parameters=268_154_124, copied_parameters=268_102_656, working_mib=834.1, working_float32_mib=1157.1),
    gflop=(5180.0, 7514.1),
)
