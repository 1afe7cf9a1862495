"""SanaControlNetPipeline: the same calls; what is drawn differs with the model, so kinds and shapes are compared."""

from __future__ import annotations

import numpy as np
import torch
from PIL import Image

from support.uses.sides import Side, Use, draw, seeded

LINES = np.zeros((32, 32, 3), np.uint8)
LINES[10:14] = 255
PAGE = Image.fromarray(LINES)
TENSOR = torch.from_numpy(LINES).permute(2, 0, 1)[None] / 127.5 - 1


def kind(made: object) -> object:
    """Type and shape, and whether all numbers are finite."""
    if isinstance(made, torch.Tensor):
        return "tensor", tuple(made.shape), bool(torch.isfinite(made).all())
    if isinstance(made, np.ndarray):
        return "array", made.shape
    return [(type(one).__name__, one.size) for one in made]


def controlled(image: object = PAGE, **changes: object):
    return lambda side: kind(draw(side.control(), control_image=image, **changes))


def compared(one: dict[str, object], other: dict[str, object]):
    """Whether two calls of one pipeline draw the same."""

    def run(side: Side) -> bool:
        pipeline = side.control()
        pictures = [draw(pipeline, **({"control_image": PAGE, "generator": seeded()} | call)) for call in (one, other)]
        return bool(torch.allclose(*pictures, atol=1e-5))

    return run


def called_back(side: Side) -> object:
    seen = []

    def look(pipeline, index, t, tensors):
        seen.append((index, sorted(tensors), tuple(tensors["latents"].shape)))
        return tensors

    draw(side.control(), control_image=PAGE, num_inference_steps=2, callback_on_step_end=look)
    return seen


def hooked(side: Side) -> object:
    pipeline, calls = side.control(), []
    pipeline.controlnet.register_forward_hook(lambda *given: calls.append(1))
    draw(pipeline, control_image=PAGE, num_inference_steps=2, guidance_scale=1.0)
    return len(calls)


USES = [
    Use("`control_image`, PIL", controlled()),
    Use("`control_image`, PIL of another size", controlled(PAGE.resize((50, 40)))),
    Use("`control_image`, PIL in gray", controlled(PAGE.convert("L")), "better", "lines are often gray"),
    Use("`control_image`, an array", controlled(LINES[None] / 255.0)),
    Use("`control_image`, an array (H, W)", controlled(LINES[..., 0]), "better", "what detectors make"),
    Use("`control_image`, a tensor", controlled(TENSOR)),
    Use("`control_image`, a list for two prompts", controlled([PAGE, PAGE], prompt=["a", "b"])),
    Use("one `control_image` for two prompts", controlled(prompt=["a", "b"])),
    Use("`num_images_per_prompt`", controlled(num_images_per_prompt=2)),
    Use("another page draws another picture", compared({}, {"control_image": PAGE.rotate(90)})),
    Use("`controlnet_conditioning_scale`", compared({}, {"controlnet_conditioning_scale": 0.3})),
    Use(
        "`controlnet_conditioning_scale=0`",
        compared(
            {"controlnet_conditioning_scale": 0.0},
            {"controlnet_conditioning_scale": 0.0, "control_image": PAGE.rotate(90)},
        ),
    ),
    Use(
        "a list of scales",
        controlled(controlnet_conditioning_scale=[0.3]),
        "different",
        "refused by name: there is one controlnet",
    ),
    Use("`height` and `width`", controlled(height=64, width=32)),
    Use('`output_type="pil"`', controlled(output_type="pil")),
    Use('`output_type="np"`', controlled(output_type="np")),
    Use('`output_type="latent"`', controlled(output_type="latent")),
    Use("callbacks", called_back),
    Use("a forward hook of the branch", hooked),
    Use(
        "`negative_prompt`",
        controlled(negative_prompt="a dog"),
        "different",
        "Sprint is guided in one pass and has none",
    ),
    Use(
        "no `control_image`", lambda side: kind(draw(side.control())), "better", "the picture is drawn without control"
    ),
]
