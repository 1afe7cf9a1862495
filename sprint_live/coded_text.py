"""What the server tells a person: a code, its parameters, and English for logs and programs.

The page shows the text that its language file has for the code (web/languages/messages/), with the parameters filled in.
A text without a code (an owner's own check, an error of another package) is shown as it is.

Knows: the codes and their English.  Must not know: who says them, how they travel.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["MESSAGES", "CodedText", "body_of", "coded"]

MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        "check.picture_failed": "The check of this picture failed, so it is not shown; the owner of this server finds the reason in the log.",
        "check.picture_slow": "The check of this picture took too long, so it is not shown; try again in a moment.",
        "check.prompt_failed": "The check of this prompt failed, so it is not drawn; the owner of this server finds the reason in the log.",
        "check.prompt_slow": "The check of this prompt took too long, so it is not drawn; try again in a moment.",
        "check.running": "checking the words",
        "engine.ended": "the engine's process ended; it is being started again",
        "engine.ended_with": "the engine's process ended (exit code {code}); it is being started again, draw on in a moment",
        "engine.failed": "the engine failed: {why}",
        "engine.hung": "the engine did not answer; it is being started again, draw on in a moment",
        "engine.out_of_memory": "out of memory drawing {size} px; fix: draw smaller",
        "engine.out_of_memory_smaller": "memory ran out at {asked} px, so this picture has {has}; choose a smaller size to keep it fast",
        "frame.encoding_failed": "the picture could not be encoded: {why}",
        "frame.too_large": "the picture takes {bytes} bytes, more than a frame may have ({most})",
        "gpu.lease_over": "the time on the GPU was over; taking it again",
        "gpu.none_because": "no GPU could be taken: {why}",
        "gpu.waiting": "waiting for a GPU",
        "image.animated": "got a moving picture; accepted: one still picture; fix: save one frame of it as PNG",
        "image.too_many_bytes": "got a file of {bytes} bytes; accepted: at most {most} bytes; fix: send a smaller one",
        "image.too_many_pixels": "got {width}x{height} pixels; accepted: at most {pixels} pixels ({most} megapixels) of {format}; fix: scale it down",
        "image.unreadable": "got something that is not a picture, or none that is readable; accepted: {names}; fix: save it as one of these",
        "input.refused": "got {got}; accepted: {accepted}; fix: {fix}",
        "model.load_failed": "the model could not be loaded: {why}",
        "model.loading": "loading the model",
        "model.none": "no model",
        "model.not_ready": "the model is not ready yet; try again in a moment",
        "photo.busy": "another photo is being traced; try again in a moment",
        "photo.no_lines": "no lines were found in this photo; try another detector",
        "photo.slow": "the photo took too long; try a smaller one",
        "pin.frame_gone": "got a pin of a picture that is gone; accepted: the picture on show; fix: draw around it once more",
        "prompt.not_text": "got a prompt of type {type}; accepted: text; fix: pass a str",
        "prompt.too_long": "got a prompt of {bytes} bytes or more; accepted: up to {most} bytes, of which {characters} characters are read; fix: shorten it",
        "queue.position": "{number} before you, about {seconds} s",
        "server.restarting": "the server is restarting; try again in a moment",
        "settings.not_real": "got {name} {value}; accepted: a number {low}..{high}; fix: change it",
        "settings.not_whole": "got {name} {value}; accepted: a whole number {low}..{high}; fix: change it",
        "settings.size": "got size {size}; accepted: {sizes}; fix: use one of these",
        "settings.window": "got control_start={start} and control_end={end}; accepted: fractions of the steps, 0 <= start < end <= 1; fix: use 0 and 1 for control in every step",
        "timelapse.busy": "another timelapse is being put together; try again in a moment",
        "timelapse.slow": "the frames took too long to arrive; make it shorter",
    }
)
"""Code -> English, with {holes} for the parameters. The language files of the page have the same codes and no other holes."""


class CodedText(str):
    """English text that knows its code and parameters; code is "" for a text of nobody's catalog."""

    code: str
    params: dict[str, str]

    def __new__(cls, english: str, code: str = "", params: Mapping[str, str] | None = None) -> CodedText:
        """english: the words; code and params: what the page translates by."""
        text = super().__new__(cls, english)
        text.code, text.params = code, dict(params or {})
        return text


def coded(code: str, params: Mapping[str, object] | None = None) -> CodedText:
    """The text of a code of MESSAGES with its holes filled. Raises: KeyError for another code or a missing parameter."""
    texts = {name: str(value) for name, value in (params or {}).items()}
    return CodedText(MESSAGES[code].format_map(texts), code, texts)


def body_of(said: CodedText) -> dict[str, object]:
    """The JSON body of an HTTP answer that refuses something."""
    return {"error": said, "code": said.code, "params": said.params}
