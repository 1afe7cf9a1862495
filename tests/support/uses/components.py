"""Components, from_pipe, and moving a pipeline about."""

from __future__ import annotations

import copy

import torch
from diffusers import SanaSprintImg2ImgPipeline, SanaSprintPipeline, SCMScheduler

from support.uses.sides import Side, Use, draw, sprint_parts


def names(side: Side) -> object:
    return sorted(name for name in side.sprint().components if name != "controlnet")


def from_components(side: Side) -> object:
    return draw(quiet(side.sprint_class(**side.sprint().components)))


def quiet(pipeline):
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def piped_from_theirs(side: Side) -> object:
    theirs = SanaSprintImg2ImgPipeline(**sprint_parts())
    return draw(quiet(side.sprint_class.from_pipe(theirs)))


def piped_to_theirs(side: Side) -> object:
    return draw(quiet(SanaSprintPipeline.from_pipe(side.sprint())))


def piped_changed(side: Side) -> object:
    pipeline = side.sprint()
    piped = side.sprint_class.from_pipe(pipeline, scheduler=SCMScheduler(sigma_data=0.4))
    return draw(quiet(piped)), piped.transformer is pipeline.transformer


def piped_in(dtype: torch.dtype):
    return lambda side: side.sprint_class.from_pipe(side.sprint(), dtype=dtype).transformer.dtype


def moved(*place: object, **named: object):
    def run(side: Side) -> object:
        pipeline = side.sprint().to(*place, **named)
        return pipeline.device, pipeline.dtype, pipeline.transformer.dtype, pipeline.text_encoder.dtype

    return run


def without(name: str):
    return lambda side: draw(side.sprint(**{name: None}))


def replaced(side: Side) -> object:
    pipeline = side.sprint()
    pipeline.transformer = sprint_parts()["transformer"].to(torch.bfloat16)
    return pipeline.components["transformer"].dtype, draw(pipeline)


def registered(side: Side) -> object:
    pipeline = side.sprint()
    pipeline.register_modules(scheduler=SCMScheduler(sigma_data=0.4))
    return draw(pipeline), list(pipeline.config["scheduler"])


def prompts_alone(side: Side) -> object:
    pipeline = side.sprint(vae=None, transformer=None)
    return pipeline.encode_prompt("a cat", max_sequence_length=16)


def embeddings_alone(side: Side) -> object:
    text, mask = side.sprint().encode_prompt("a cat", max_sequence_length=16)
    pipeline = side.sprint(text_encoder=None, tokenizer=None)
    return draw(pipeline, prompt=None, prompt_embeds=text, prompt_attention_mask=mask)


USES = [
    Use("`components`", names),
    Use("a pipeline of the `components` of another", from_components),
    Use("`from_pipe` of another Sprint pipeline", piped_from_theirs),
    Use("`from_pipe` to another Sprint pipeline", piped_to_theirs),
    Use("`from_pipe` with another component", piped_changed),
    Use("`from_pipe(dtype=...)`", piped_in(torch.bfloat16)),
    Use('`to("cpu")`', moved("cpu")),
    Use("`to(dtype)`", moved(torch.bfloat16)),
    Use('`to("cpu", dtype)`', moved("cpu", torch.float16)),
    Use("`to(dtype=..., silence_dtype_warnings=True)`", moved(dtype=torch.float16, silence_dtype_warnings=True)),
    Use("`to` of a device that is not there", moved("nowhere")),
    Use("`device`, `dtype`", lambda side: (side.sprint().device, side.sprint().dtype)),
    Use("`parameters`", lambda side: sorted(name for name in side.sprint().parameters if name[0] == "p")),
    Use("`copy.deepcopy` of the components", lambda side: draw(side.sprint(**copy.deepcopy(side.sprint().components)))),
    Use("a component that is replaced", replaced),
    Use("`register_modules`", registered),
    Use("without a text encoder, from embeddings", embeddings_alone),
    Use("without a decoder and transformer, for prompts", prompts_alone),
    Use("a picture without a transformer", without("transformer"), "different", "an error that says what is missing"),
    Use("a picture without a decoder", without("vae"), "different", "an error that says what is missing"),
    Use("a prompt without a text encoder", without("text_encoder"), "different", "an error that says what is missing"),
]
