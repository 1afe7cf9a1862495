"""Uses of diffusers' Sana pipelines, each written once and run on theirs and on ours.

sides.py     a random small model as the pipeline of either side, and how two outcomes are compared
others       the uses, a file a subject
"""

from __future__ import annotations

from support.uses import (
    around_call,
    call,
    call_refusals,
    components,
    control,
    image_to_image,
    loading,
    lora,
    memory,
    prompts,
)
from support.uses.sides import Side, Use, outcome, same

SUBJECTS = {
    "the call": call,
    "what the call refuses": call_refusals,
    "callbacks, schedulers and number formats": around_call,
    "image-to-image": image_to_image,
    "a control image": control,
    "prompts and helpers": prompts,
    "components": components,
    "loading and saving": loading,
    "memory and speed": memory,
    "LoRA": lora,
}
USES: list[tuple[str, Use]] = [(subject, use) for subject, module in SUBJECTS.items() for use in module.USES]

__all__ = ["SUBJECTS", "USES", "Side", "Use", "outcome", "same"]
