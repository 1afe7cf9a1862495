"""sana-sprint-1.6b: the released SANA-Sprint 1.6B, downloaded on first use."""

from __future__ import annotations

from sprint_live.models import released
from sprint_live.models.hub_lock import HubSource
from sprint_live.models.memory import Part
from sprint_live.models.zoo import ZooModel

REPO_ID = "Efficient-Large-Model/Sana_Sprint_1.6B_1024px_diffusers"

MODEL = ZooModel(
    name="sana-sprint-1.6b",
    title="SANA-Sprint 1.6B",
    # the hub could not be asked for a commit where this was written: the first download records it, and it stays
    hub=HubSource(repo_id=REPO_ID, revision=None),
    sizes=(1024,),
    default_size=1024,
    shapes=released.SHAPES,
    license="NVIDIA NSCL v2-custom (research) for the weights; Gemma Terms of Use and Prohibited Use Policy for the "
    "text encoder.",
    terms=released.terms(REPO_ID),
    bfloat16=True,
    configs=released.configurations(
        released.transformer_config(
            num_layers=20, num_attention_heads=70, num_cross_attention_heads=20, cross_attention_head_dim=112
        )
    ),
    parts={
        "text_encoder": released.TEXT_ENCODER_PART,
        "transformer": Part(parameters=1_610_237_472, linear_parameters=854_353_920, working_mib=98.1),
        "controlnet": Part(parameters=585_665_920, linear_parameters=321_126_400),
        "encoder": released.ENCODER_PART,
        "decoder": released.DECODER_PART,
    },
)
