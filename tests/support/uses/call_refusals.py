"""What SanaSprintPipeline's call refuses."""

from __future__ import annotations

import torch

from support.uses.call import argument
from support.uses.sides import Side, Use, draw


def embeddings(*, mask: bool, prompt: str | None = None):
    def run(side: Side) -> object:
        pipeline = side.sprint()
        text, text_mask = pipeline.encode_prompt("a cat", max_sequence_length=16)
        named = {"prompt_attention_mask": text_mask} if mask else {}
        return draw(pipeline, prompt=prompt, prompt_embeds=text, **named)

    return run


USES = [
    Use("neither prompt nor embeddings", argument(prompt=None)),
    Use("prompt and embeddings", embeddings(mask=True, prompt="a cat")),
    Use("embeddings without a mask", embeddings(mask=False)),
    Use("a prompt of another type", argument(prompt=3)),
    Use("a side that is no multiple of 32", argument(height=33)),
    Use("two generators for one picture", argument(seeds=[1, 2])),
    Use(
        "latents of another shape",
        argument(latents=torch.zeros(1, 5, 16, 16)),
        "different",
        "an error that says which shape",
    ),
    Use(
        "an unknown output type",
        argument(output_type="tiff"),
        "different",
        "refused; there PIL images come with a warning",
    ),
    Use(
        "an unknown callback tensor",
        argument(callback_on_step_end=lambda *given: given[-1], callback_on_step_end_tensor_inputs=["noise"]),
    ),
    Use("too few timesteps", argument(timesteps=[1.5, 0.0], max_timesteps=None, intermediate_timesteps=None)),
    Use(
        "timesteps beside max_timesteps",
        argument(timesteps=[1.5, 0.9, 0.0]),
        "different",
        "defaults are not read beside timesteps",
    ),
    Use("no steps", argument(num_inference_steps=0)),
    Use("an argument that does not exist", argument(negative="a dog")),
]
