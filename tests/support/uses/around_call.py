"""Callbacks, properties, schedulers and number formats around a call."""

from __future__ import annotations

import torch
from diffusers import SCMScheduler
from diffusers.callbacks import MultiPipelineCallbacks, PipelineCallback

from support.uses.sides import Side, Use, draw


class Halve(PipelineCallback):
    """Halves the embeddings at every step."""

    @property
    def tensor_inputs(self) -> list[str]:
        return ["prompt_embeds"]

    def callback_fn(self, pipeline, step_index, timestep, callback_kwargs):
        return {"prompt_embeds": callback_kwargs["prompt_embeds"] / 2}


def seen(side: Side) -> object:
    """What a callback is shown."""
    shown = []

    def look(pipeline, index, t, tensors):
        shown.append((index, float(t), sorted(tensors), pipeline.num_timesteps, pipeline.guidance_scale))
        shown.append((tensors["latents"].clone(), pipeline.attention_kwargs, pipeline.interrupt))
        return tensors

    draw(side.sprint(), callback_on_step_end=look, callback_on_step_end_tensor_inputs=["latents", "prompt_embeds"])
    return shown


def changing(pipeline, index, t, tensors):
    return {"latents": tensors["latents"] * (1 if index else 0.5)}


def at_last(pipeline, index, t, tensors):
    return {"latents": torch.zeros_like(tensors["latents"])} if index == 1 else {}


def stopping(pipeline, index, t, tensors):
    pipeline._interrupt = True
    return tensors


def guided(side: Side) -> object:
    def more(pipeline, index, t, tensors):
        pipeline._guidance_scale += 1
        return tensors

    pipeline = side.sprint()
    draw(pipeline, guidance_scale=2.0, callback_on_step_end=more)
    return pipeline.guidance_scale


def afterwards(side: Side) -> object:
    pipeline = side.sprint()
    draw(pipeline, attention_kwargs={"scale": 1.0})
    return pipeline.num_timesteps, pipeline.guidance_scale, pipeline.attention_kwargs, pipeline.interrupt


def another_scheduler(**settings: object):
    def run(side: Side) -> object:
        pipeline = side.sprint()
        pipeline.scheduler = SCMScheduler.from_config(pipeline.scheduler.config, **settings)
        return draw(pipeline), pipeline.scheduler.num_inference_steps

    return run


def formatted(dtype: torch.dtype):
    def run(side: Side) -> object:
        pipeline = side.sprint().to(dtype)
        made = draw(pipeline)
        return made.dtype, bool(torch.isfinite(made).all()), pipeline.dtype

    return run


def mixed(side: Side) -> object:
    pipeline = side.sprint()
    pipeline.text_encoder.to(torch.bfloat16)
    return draw(pipeline)


USES = [
    Use("`callback_on_step_end` and what it is shown", seen),
    Use("a callback that changes latents", lambda side: draw(side.sprint(), callback_on_step_end=changing)),
    Use(
        "a callback that changes the last latents",
        lambda side: draw(side.sprint(), callback_on_step_end=at_last),
        "different",
        "they are decoded: it was asked for",
    ),
    Use("a callback that stops (`_interrupt`)", lambda side: draw(side.sprint(), callback_on_step_end=stopping)),
    Use("a callback that changes the guidance", guided),
    Use("`PipelineCallback`", lambda side: draw(side.sprint(), callback_on_step_end=Halve(cutoff_step_ratio=1.0))),
    Use(
        "`MultiPipelineCallbacks`",
        lambda side: draw(side.sprint(), callback_on_step_end=MultiPipelineCallbacks([Halve(cutoff_step_ratio=1.0)])),
    ),
    Use("`num_timesteps`, `guidance_scale`, `attention_kwargs`, `interrupt` afterwards", afterwards),
    Use("another `SCMScheduler`", another_scheduler(sigma_data=0.4)),
    Use("`scheduler.config`", lambda side: dict(side.sprint().scheduler.config)),
    Use("bfloat16", formatted(torch.bfloat16)),
    Use("float16", formatted(torch.float16)),
    Use("a text encoder in bfloat16", mixed),
    Use("`torch.inference_mode`", torch.inference_mode()(lambda side: draw(side.sprint()))),
]
