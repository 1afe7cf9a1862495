"""SanaSprintImg2ImgPipeline: pictures of every kind, and the arguments around them."""

from __future__ import annotations

import numpy as np
import torch
from PIL import Image

from support.uses.sides import Side, Use, draw, seeded

PIXELS = torch.rand(3, 32, 32, generator=seeded(9))
ARRAY = PIXELS.permute(1, 2, 0).numpy()


def photo(mode: str = "RGB", size: tuple[int, int] = (32, 32)) -> Image.Image:
    return Image.fromarray((ARRAY * 255).astype(np.uint8)).convert(mode).resize(size)


def drawn(image: object, **changes: object):
    return lambda side: draw(side.from_image(), image=image, **({"strength": 0.5} | changes))


def encoded(side: Side) -> object:
    return draw(side.from_image(), image=torch.randn(1, 4, 16, 16, generator=seeded(2)), strength=0.5)


def state(side: Side) -> object:
    noise = torch.randn(1, 4, 16, 16, generator=seeded(2))
    return draw(side.from_image(), image=PIXELS[None], strength=0.5, latents=noise)


def two_of_two(side: Side) -> object:
    pair = torch.stack([PIXELS, 1 - PIXELS])
    call = {"prompt": ["a", "a long prompt"], "image": pair, "num_images_per_prompt": 2, "seeds": [0, 1, 2, 3]}
    return draw(side.from_image(), **call, strength=0.5)


def calls(side: Side) -> object:
    counted = []

    def count(pipeline, index, t, tensors):
        counted.append((index, pipeline.num_timesteps))
        return tensors

    made = {"num_inference_steps": 4, "intermediate_timesteps": None, "strength": 0.5}
    draw(side.from_image(), image=PIXELS[None], callback_on_step_end=count, **made)
    return counted


USES = [
    Use("`image`, PIL", drawn(photo())),
    Use("`image`, PIL of another size", drawn(photo(size=(50, 40)))),
    Use("`image`, PIL in gray", drawn(photo("L")), "better", "every mode of PIL is a picture"),
    Use("`image`, an array in 0..1", drawn(ARRAY[None])),
    Use("`image`, a tensor (1, 3, H, W)", drawn(PIXELS[None])),
    Use("`image`, a tensor (3, H, W)", drawn(PIXELS)),
    Use("`image`, a tensor in -1..1", drawn(PIXELS[None] * 2 - 1)),
    Use("`image`, a tensor of another size", drawn(torch.rand(1, 3, 20, 44, generator=seeded(3)))),
    Use("`image`, a list of PIL", drawn([photo(), photo("L").convert("RGB")], prompt=["a", "b"], seeds=[1, 2])),
    Use("`image`, latents", encoded, "better", "there only latents as wide as the picture pass"),
    Use("`strength=0.3`", drawn(photo(), strength=0.3, num_inference_steps=4, intermediate_timesteps=None)),
    Use("`strength=1`", drawn(photo(), strength=1.0)),
    Use("`strength` above 1", drawn(photo(), strength=1.5)),
    Use("`strength=0`", drawn(photo(), strength=0.0)),
    Use("`latents` beside `image`", state),
    Use("`num_images_per_prompt`", drawn(photo(), num_images_per_prompt=2, seeds=[1, 2])),
    Use(
        "two pictures, two prompts, two of each",
        two_of_two,
        "different",
        "each starts from the picture of its own prompt",
    ),
    Use("steps that are run", calls),
    Use('`output_type="pil"`', drawn(photo(), output_type="pil")),
    Use("`guidance_scale`", drawn(photo(), guidance_scale=2.0)),
    Use("`height` and `width` from the picture", drawn(photo(), height=64, width=32)),
    Use(
        "no picture",
        lambda side: draw(side.from_image(), image=None, strength=0.5),
        "different",
        "it is text to image: one class does both",
    ),
]
