"""The endpoints for programs: Gradio's API (gradio_client, HTTP) and its MCP tools have the same names.

    /draw(sketch, prompt, style, seed, steps, guidance, control_strength, width, height) -> picture, facts
    /lines(photo, detector, polarity) -> sketch        /styles() -> labels        /model() -> facts

Knows: Gradio.  Must not know: the worker, engines.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.processing_utils import save_bytes_to_cache

from sprint_live.api.draw_settings import DrawSettings
from sprint_live.api.prompt import usable_prompt
from sprint_live.coded_text import coded
from sprint_live.errors import SketchError, SprintLiveError
from sprint_live.live.canvas.draw_request import Settings
from sprint_live.live.observability.error_report import place_of
from sprint_live.live.server.program_api import ProgramApi, png_of

__all__ = ["add_endpoints"]

log = logging.getLogger("sprint_live")

ENGINE = "engine"  # programs that want the engine stand in one line


def add_endpoints(api: ProgramApi) -> None:
    """Add the endpoints to the Blocks that is being built; they are invisible on the page."""
    sketch = gr.Image(type="filepath", image_mode=None, format="png", visible=False, label="sketch")
    picture = gr.Image(format="jpeg", visible=False, label="picture")
    facts = gr.JSON(visible=False, label="facts")
    prompt = gr.Textbox("a cat", visible=False, label="prompt")
    style = gr.Textbox("", visible=False, label="style")
    seed = gr.Number(DrawSettings.seed, precision=0, visible=False, label="seed")
    steps = gr.Number(DrawSettings.steps, precision=0, visible=False, label="steps")
    guidance = gr.Number(DrawSettings.guidance, visible=False, label="guidance")
    strength = gr.Number(DrawSettings.control_strength, visible=False, label="control_strength")
    width = gr.Number(0, precision=0, visible=False, label="width")
    height = gr.Number(0, precision=0, visible=False, label="height")
    detector = gr.Textbox("", visible=False, label="detector")
    polarity = gr.Textbox("auto", visible=False, label="polarity")
    on = gr.Button(visible=False).click

    async def draw(
        sketch: str,
        prompt: str = "a cat",
        style: str = "",
        seed: int = DrawSettings.seed,
        steps: int = DrawSettings.steps,
        guidance: float = DrawSettings.guidance,
        control_strength: float = DrawSettings.control_strength,
        width: int = 0,
        height: int = 0,
    ) -> tuple[str, dict[str, Any]]:
        """Draw a picture of the prompt along the lines of a sketch.

        Args:
            sketch: PNG, JPEG or WebP up to 8 MiB and 16 megapixels, dark lines on light or light on dark.
            prompt: what to draw, up to 1000 characters.
            style: a label that `styles` lists, or empty.
            seed: 0 to 4294967295; the same arguments give the same picture.
            steps: 1 to 4 denoising steps.
            guidance: 0 to 20.
            control_strength: 0 to 2; 0 ignores the sketch.
            width: of the picture in pixels; with the height one of the sizes that `model` lists, or both 0 for its
            default. height: see width.

        Returns:
            The picture (JPEG), and a dict with model, seed, steps, width, height and the milliseconds of every stage.
        """
        with _explained():
            numbers = DrawSettings(
                seed=int(seed), steps=int(steps), guidance=guidance, control_strength=control_strength
            )
            settings = Settings(prompt=usable_prompt(prompt), style=style, draw=numbers)
            drawn = await api.draw(_given(sketch), settings, int(width), int(height))
            return _file(picture, drawn.jpeg, "picture.jpeg"), drawn.facts

    async def lines(photo: str, detector: str = "", polarity: str = "auto") -> str:
        """Find the lines of a photo, as a sketch that `draw` takes.

        Args:
            photo: PNG, JPEG or WebP up to 8 MiB and 16 megapixels.
            detector: a name that `model` lists, or empty for the first.
            polarity: auto, dark (lines darker than what is around them) or light.

        Returns:
            The sketch (PNG), black lines on white.
        """
        with _explained():
            return _file(picture, png_of(await api.lines(_given(photo), detector, polarity)), "lines.png")

    async def styles() -> list[str]:
        """List the labels of styles that `draw` takes."""
        with _explained():
            return api.model()["styles"]

    async def model() -> dict[str, Any]:
        """Describe the loaded model: name, title, license, styles, sizes, detectors."""
        with _explained():
            return api.model()

    given = [sketch, prompt, style, seed, steps, guidance, strength, width, height]
    queued = {"concurrency_id": ENGINE, "concurrency_limit": 1, "show_progress": "hidden"}
    on(draw, given, [picture, facts], api_name="draw", **queued)
    on(lines, [sketch, detector, polarity], picture, api_name="lines", **queued)
    on(styles, None, facts, api_name="styles", queue=False)
    on(model, None, facts, api_name="model", queue=False)


@contextmanager
def _explained() -> Iterator[None]:
    """Raise errors with a text for the caller. The log gets only the place, because the text may quote a prompt."""
    try:
        yield
    except SprintLiveError as error:
        raise gr.Error(str(error), print_exception=False) from None
    except Exception as error:  # noqa: BLE001
        log.error("call_failed", extra={"where": place_of(error)})
        raise gr.Error(coded("call.failed"), print_exception=False) from None


def _given(path: str | None) -> Path:
    if not path:
        raise SketchError(coded("image.not_sent"))
    return Path(path)


def _file(component: gr.Image, data: bytes, name: str) -> str:
    """Store a file in Gradio's cache, which deletes it after some minutes (page.CACHE)."""
    return save_bytes_to_cache(data, name, component.GRADIO_CACHE)
