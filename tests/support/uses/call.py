"""The arguments of SanaSprintPipeline's call."""

from __future__ import annotations

import inspect

import torch

from support.small_model import make_tiny_released_autoencoder, make_tiny_transformer
from support.uses.sides import Side, Use, draw, seeded

NO_MIDDLE = {"intermediate_timesteps": None}


def argument(**changes: object):
    """A use: one short call with these arguments."""
    return lambda side: draw(side.sprint(), **changes)


def embeddings(side: Side) -> object:
    pipeline = side.sprint()
    text, mask = pipeline.encode_prompt("a cat", max_sequence_length=16)
    return draw(pipeline, prompt=None, prompt_embeds=text, prompt_attention_mask=mask)


def two_of_each(side: Side) -> object:
    noise = torch.randn(4, 4, 16, 16, generator=seeded(1))
    return draw(side.sprint(), prompt=["a", "a long prompt"], num_images_per_prompt=2, latents=noise)


def by_position(side: Side) -> object:
    pipeline = side.sprint()
    settings = {"max_sequence_length": 16, "complex_human_instruction": None, "use_resolution_binning": False}
    return pipeline(
        *("a cat", 2, None, 1.5, 1.2, 4.0, 1, 32, 32, 0.0, seeded(), None, None, None, "pt", False), **settings
    )[0]


def default(*names: str):
    def read(side: Side) -> list[object]:
        arguments = inspect.signature(side.sprint_class.__call__).parameters
        return [arguments[name].default for name in names]

    return read


def binned(side: Side) -> object:
    """Of the released autoencoder's shape: 32 pixels to a latent, 1024 to a side."""
    wide = make_tiny_transformer(sample_size=32, caption_channels=8)
    pipeline = side.sprint(vae=make_tiny_released_autoencoder(), transformer=wide)
    return draw(pipeline, use_resolution_binning=True, height=480, width=512, output_type="latent")


def small_binned(side: Side) -> object:
    small = make_tiny_transformer(sample_size=16, caption_channels=8, in_channels=4, out_channels=4)
    return draw(side.sprint(transformer=small), use_resolution_binning=True)


def latent_state(side: Side) -> object:
    return draw(side.sprint(), latents=torch.randn(1, 4, 16, 16, generator=seeded(5)))


def shape_and_kind(output_type: str):
    def run(side: Side) -> object:
        made = draw(side.sprint(), output_type=output_type)
        return type(made), made

    return run


USES = [
    Use("`prompt`, a string", argument()),
    Use("`prompt`, a list", argument(prompt=["a cat", "dogs"], latents=torch.randn(2, 4, 16, 16, generator=seeded(1)))),
    Use("`prompt`, a tuple", argument(prompt=("a cat", "dogs")), "better", "a tuple is a sequence of prompts, too"),
    Use("an empty prompt", argument(prompt=" ")),
    Use("a prompt longer than the encoder reads", argument(prompt="very long " * 20)),
    Use("`num_inference_steps=1`", argument(num_inference_steps=1, **NO_MIDDLE)),
    Use(
        "`num_inference_steps=1` alone", argument(num_inference_steps=1), "better", "its own default is an error there"
    ),
    Use("`num_inference_steps=2`", argument(num_inference_steps=2)),
    Use("`num_inference_steps=4`", argument(num_inference_steps=4, **NO_MIDDLE)),
    Use(
        "`num_inference_steps=4` alone", argument(num_inference_steps=4), "better", "its own default is an error there"
    ),
    Use("`num_inference_steps=20`", argument(num_inference_steps=20, **NO_MIDDLE)),
    Use(
        "`timesteps`",
        argument(num_inference_steps=2, timesteps=[1.5, 0.9, 0.0], max_timesteps=None, **NO_MIDDLE),
        "better",
        "there the call fails in its scheduler",
    ),
    Use("`max_timesteps`", argument(max_timesteps=1.5)),
    Use("`intermediate_timesteps`", argument(intermediate_timesteps=1.0)),
    Use("`guidance_scale`", argument(guidance_scale=2.0)),
    Use("`num_images_per_prompt`", argument(num_images_per_prompt=2)),
    Use(
        "`num_images_per_prompt` with two prompts",
        two_of_each,
        "different",
        "a picture reads the mask of its own prompt",
    ),
    Use("`height` and `width`", argument(height=64, width=32)),
    Use("defaults of `height`, `width` and steps", default("height", "width", "num_inference_steps")),
    Use("default of the instruction", default("complex_human_instruction", "max_sequence_length")),
    Use("default of the angles", default("max_timesteps", "intermediate_timesteps", "guidance_scale")),
    Use("`eta`", argument(eta=0.3)),
    Use("`generator`, one", argument(seeds=4)),
    Use("`generator`, a list", argument(num_images_per_prompt=2, seeds=[1, 2])),
    Use("`latents`", latent_state),
    Use("`prompt_embeds` and `prompt_attention_mask`", embeddings),
    Use('`output_type="pil"`', shape_and_kind("pil")),
    Use('`output_type="np"`', shape_and_kind("np")),
    Use('`output_type="pt"`', shape_and_kind("pt")),
    Use('`output_type="latent"`', shape_and_kind("latent")),
    Use("`return_dict=False`", argument(return_dict=False)),
    Use("`clean_caption`", argument(clean_caption=True, prompt="see http://a.b cats")),
    Use("`attention_kwargs`", argument(attention_kwargs={"scale": 0.5})),
    Use("`max_sequence_length`", argument(max_sequence_length=9)),
    Use("`complex_human_instruction`", argument(complex_human_instruction=["say: ", "it"])),
    Use(
        "the default instruction",
        lambda side: draw(
            side.sprint(),
            max_sequence_length=300,
            complex_human_instruction=default("complex_human_instruction")(side)[0],
        ),
    ),
    Use("arguments by position", by_position),
    Use("`use_resolution_binning`", binned),
    Use("a bin for a model of another size", small_binned, "better", "it is drawn at the size asked for"),
]
