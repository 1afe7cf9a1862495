"""encode_prompt, check_inputs, prepare_latents and the small helpers."""

from __future__ import annotations

import torch

from support.uses.sides import Side, Use, seeded

CHECKED = ("a cat", 32, 32, 2, None, 1.57, 1.3)


def encoded(prompt: object = "A Cat ", **changes: object):
    return lambda side: side.sprint().encode_prompt(prompt, **({"max_sequence_length": 16} | changes))


def passed_through(side: Side) -> object:
    pipeline = side.sprint()
    text, mask = pipeline.encode_prompt("a cat", max_sequence_length=16)
    return pipeline.encode_prompt(None, 2, prompt_embeds=text, prompt_attention_mask=mask)[0]


def latents(side: Side) -> object:
    return side.sprint().prepare_latents(2, 4, 32, 32, torch.float32, torch.device("cpu"), seeded())


def given_latents(side: Side) -> object:
    noise = torch.randn(1, 4, 16, 16, generator=seeded())
    return side.sprint().prepare_latents(1, 4, 32, 32, torch.float32, torch.device("cpu"), None, noise)


def checked(*given: object):
    def run(side: Side) -> object:
        side.sprint().check_inputs(*given)
        return "accepted"

    return run


def bars(side: Side) -> object:
    pipeline = side.sprint()
    pipeline.set_progress_bar_config(disable=True, desc="drawing")
    with pipeline.progress_bar(total=2) as bar:
        return bar.total, bar.disable


USES = [
    Use("`encode_prompt`", encoded()),
    Use("`encode_prompt` of a list", encoded(["a", "a long prompt"])),
    Use("`encode_prompt(num_images_per_prompt=2)`, embeddings", lambda side: encoded(num_images_per_prompt=2)(side)[0]),
    Use('`encode_prompt(device="cpu")`', encoded(device="cpu")),
    Use("`encode_prompt(clean_caption=True)`", encoded(clean_caption=True)),
    Use("`encode_prompt(max_sequence_length=9)`", encoded(max_sequence_length=9)),
    Use("`encode_prompt(complex_human_instruction=...)`", encoded(complex_human_instruction=["say: "])),
    Use("`encode_prompt(lora_scale=0.5)`", encoded(lora_scale=0.5)),
    Use("`encode_prompt` of embeddings", passed_through),
    Use("`prepare_latents`", latents),
    Use("`prepare_latents` of latents", given_latents),
    Use("`check_inputs`", checked(*CHECKED)),
    Use("`check_inputs` of a wrong size", checked("a cat", 33, *CHECKED[2:])),
    Use("`vae_scale_factor`", lambda side: side.sprint().vae_scale_factor),
    Use("`image_processor`", lambda side: type(side.sprint().image_processor)),
    Use("`_callback_tensor_inputs`", lambda side: side.sprint_class._callback_tensor_inputs[:2]),
    Use("`set_progress_bar_config` and `progress_bar`", bars),
    Use(
        "`numpy_to_pil`",
        lambda side: side.sprint_class.numpy_to_pil(torch.rand(1, 4, 4, 3, generator=seeded()).numpy()),
    ),
]
