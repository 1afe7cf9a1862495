"""What the server tells a person: a code, its parameters, and English for logs and programs.

The page shows the text that its language file has for the code (web/languages/messages/), with the parameters filled
in. Nothing reaches a person without a code: a text that has none (an owner's own check, an error of another package)
fills the {why} of one.

Knows: the codes and their English.  Must not know: who says them, how they travel.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["MESSAGES", "NO_TEXT", "CodedText", "body_of", "coded"]

MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        "access.cross_site": "another site may not use this server",
        "access.host": (
            "the Host {host} is not one of this server; fix: open the address it printed, or start it with "
            "SPRINT_LIVE_ALLOWED_HOSTS={name}"
        ),
        "access.origin": (
            "the Origin '{origin}' may not use this server, which was asked as {host}; fix: let the proxy pass its "
            "Host on whole (nginx: proxy_set_header Host $http_host), or start the server with --allow-origin {origin}"
        ),
        "access.read_only": "this server takes nothing here",
        "access.token": "got no or a wrong token; accepted: the token of this server; fix: open the printed address",
        "body.no_length": "say how long the body is",
        "body.not_json": "JSON, not too deep",
        "body.slow": "the request took too long to arrive",
        "body.too_large": "at most {most} bytes",
        "busy.client": "too many requests; try again later",
        "busy.server": "the server is full; try again later",
        "call.failed": "the call failed; the server's log says where",
        "check.picture_failed": (
            "The check of this picture failed, so it is not shown; the owner of this server finds the reason in the "
            "log."
        ),
        "check.picture_slow": "The check of this picture took too long, so it is not shown; try again in a moment.",
        "check.prompt_failed": (
            "The check of this prompt failed, so it is not drawn; the owner of this server finds the reason in the log."
        ),
        "check.prompt_slow": "The check of this prompt took too long, so it is not drawn; try again in a moment.",
        "check.refused": "{why}",
        "check.running": "checking the words",
        "check.word": "The owner of this server does not want {word} drawn; choose other words.",
        "client.silent": "the client did not say hello within {seconds} s",
        "connection.unknown": "no connection has this id; fix: connect again",
        "detector.unknown": "got detector {detector}; accepted: {detectors}; fix: choose one of these",
        "drawing.too_many_pictures": (
            "got too many pictures; accepted: {most} bytes of pictures in one drawing; fix: clear the drawing"
        ),
        "drawing.too_many_points": (
            "got {number} points; accepted: at most {most} points in one drawing; fix: clear the drawing"
        ),
        "drawing.too_many_strokes": (
            "got {number} strokes; accepted: at most {most} strokes in one drawing; fix: clear the drawing"
        ),
        "edit.copy_points": (
            "got a copy of {claimed} points; accepted: the {points} of its strokes; fix: reload the page"
        ),
        "engine.device_failed": "the device failed: {why}",
        "engine.ended": "the engine's process ended; it is being started again",
        "engine.ended_with": (
            "the engine's process ended (exit code {code}); it is being started again, draw on in a moment"
        ),
        "engine.failed": "the engine failed: {why}",
        "engine.hung": "the engine did not answer; it is being started again, draw on in a moment",
        "engine.out_of_memory": "out of memory drawing {size} px; fix: draw smaller",
        "engine.out_of_memory_smaller": (
            "memory ran out at {asked} px, so this picture has {has}; choose a smaller size to keep it fast"
        ),
        "failed.because": "it failed: {why}",
        "frame.encoding_failed": "the picture could not be encoded: {why}",
        "frame.too_large": "the picture takes {bytes} bytes, more than a frame may have ({most})",
        "gpu.lease_over": "the time on the GPU was over; taking it again",
        "gpu.none_because": "no GPU could be taken: {why}",
        "gpu.waiting": "waiting for a GPU",
        "image.animated": "got a moving picture; accepted: one still picture; fix: save one frame of it as PNG",
        "image.cut_short": (
            "got a picture that is not readable to its end ({why}); accepted: a whole {names}; fix: send it again, or "
            "save it anew"
        ),
        "image.empty": "got 0 bytes; accepted: {names}; fix: send the picture again",
        "image.far_too_many_pixels": "got too many pixels ({why}); accepted: at most {most}; fix: scale it down",
        "image.file_unreadable": "got a file that cannot be read; accepted: PNG, JPEG or WebP; fix: send it again",
        "image.mode": "got pixels of mode {mode}; accepted: 8 or 16 bits; fix: save it as PNG",
        "image.not_sent": "got no picture; accepted: PNG, JPEG or WebP; fix: send one",
        "image.too_many_bytes": "got a file of {bytes} bytes; accepted: at most {most} bytes; fix: send a smaller one",
        "image.too_many_pixels": (
            "got {width}x{height} pixels; accepted: at most {pixels} pixels ({most} megapixels) of {format}; fix: "
            "scale it down"
        ),
        "image.too_wide": (
            "got a picture of {width}x{height} px; accepted: at most {most} px a side; fix: send a smaller one"
        ),
        "image.unreadable": (
            "got something that is not a picture, or none that is readable; accepted: {names}; fix: save it as one of "
            "these"
        ),
        "input.refused": "got {got}; accepted: {accepted}; fix: {fix}",
        "input.refused_because": "refused: {why}",
        "layer.unknown": "got layer {layer}; accepted: one of {layers}; fix: add the layer first",
        "model.load_failed": "the model could not be loaded: {why}",
        "model.loading": "loading the model",
        "model.none": "no model",
        "model.not_ready": "the model is not ready yet; try again in a moment",
        "photo.busy": "another photo is being traced; try again in a moment",
        "photo.failed": "finding lines failed: {why}; fix: a smaller size",
        "photo.no_lines": "no lines were found in this photo; try another detector",
        "photo.polarity": "got polarity {polarity}; accepted: {polarities}; fix: choose one",
        "photo.shape": "got {width}x{height} pixels; accepted: up to {most} to 1; fix: crop it",
        "photo.slow": "the photo took too long; try a smaller one",
        "picture.missing": (
            "got a stroke with a picture that did not come; accepted: the PICTURE before it; fix: reload the page"
        ),
        "picture.name_taken": (
            "got other bytes for a picture; accepted: one name for each picture; fix: use the client this server serves"
        ),
        "picture.not_here": (
            "got a drawing with a picture that is not here; accepted: pictures that were sent; fix: reload the page"
        ),
        "pin.arrays": (
            "got a pin of {mask} and {latent}; accepted: uint8 (Y, X) and float16 (C, Y, X) of at most {most} "
            "numbers; fix: pin the picture again"
        ),
        "pin.bytes": "got a pin of {bytes} bytes for {shape}; accepted: the bytes of a pin; fix: pin the picture again",
        "pin.frame_gone": (
            "got a pin of a picture that is gone; accepted: the picture on show; fix: draw around it once more"
        ),
        "pin.nothing_inside": (
            "got a polygon with nothing in it; accepted: a part of the picture; fix: draw around it again"
        ),
        "pin.numbers": "got a pin with wild numbers; accepted: -{most} to {most}; fix: pin the picture again",
        "pin.other_size": (
            "got a pin of latents {pin} for a picture of {picture}; accepted: a pin of the same picture size; fix: "
            "pin the picture again at this size"
        ),
        "pin.polygon": (
            "got a polygon of shape {shape}; accepted: 3 to {most} corners (x, y); fix: draw around it again"
        ),
        "prompt.not_text": "got a prompt of type {type}; accepted: text; fix: pass a str",
        "prompt.too_long": (
            "got a prompt of {bytes} bytes or more; accepted: up to {most} bytes, of which {characters} characters "
            "are read; fix: shorten it"
        ),
        "queue.position": "{number} before you, about {seconds} s",
        "server.full": "got one more person; accepted: {most} at once; fix: try later",
        "server.restarting": "the server is restarting; try again in a moment",
        "settings.not_real": "got {name} {value}; accepted: a number {low}..{high}; fix: change it",
        "settings.not_whole": "got {name} {value}; accepted: a whole number {low}..{high}; fix: change it",
        "settings.size": "got size {size}; accepted: {sizes}; fix: use one of these",
        "settings.window": (
            "got control_start={start} and control_end={end}; accepted: fractions of the steps, 0 <= start < end <= "
            "1; fix: use 0 and 1 for control in every step"
        ),
        "stroke.not_open": (
            "got points for stroke {stroke}; accepted: points for the open stroke ({open}); fix: begin the stroke first"
        ),
        "stroke.point_not_finite": (
            "got point {index} = {numbers}; accepted: finite numbers; fix: drop points that are not finite"
        ),
        "style.unknown": "got style {style}; accepted: {styles}; fix: choose one, or leave it out",
        "timelapse.busy": "another timelapse is being put together; try again in a moment",
        "timelapse.cut_short": "got frames cut short; accepted: a length before every frame; fix: send the whole file",
        "timelapse.frame_sizes": (
            "got frames of {first} and {other} pixels; accepted: frames of one size; fix: send them so"
        ),
        "timelapse.frame_too_large": (
            "got a frame of {width}x{height} pixels; accepted: at most {most} pixels; fix: send smaller frames"
        ),
        "timelapse.frame_unreadable": "got a frame that is not a readable picture; accepted: JPEG; fix: send it as one",
        "timelapse.no_frame": "got no frame; accepted: at least one; fix: draw something first",
        "timelapse.slow": "the frames took too long to arrive; make it shorter",
        "timelapse.times": (
            "got {frame_ms} ms a frame, {hold_ms} ms more; accepted: {low}..{high} and 0..{most}; fix: choose times "
            "within"
        ),
        "timelapse.too_many_frames": "got more than {most} frames; accepted: at most {most}; fix: make it shorter",
        "wire.malformed": "got {got}; accepted: {accepted}; fix: {fix}",
        "wire.out_of_turn": "got {got}; accepted: {accepted}; fix: {fix}",
        "wire.too_large": "got {got}; accepted: {accepted}; fix: {fix}",
        "wire.unknown": "got {got}; accepted: {accepted}; fix: {fix}",
    }
)
"""Code -> English, with {holes} for the parameters.
The language files of the page have the same codes and no other holes.
"""


class CodedText(str):
    """English text that knows its code and parameters. Only the empty text has the code ""."""

    code: str
    params: dict[str, str]

    def __new__(cls, english: str, code: str, params: Mapping[str, str]) -> CodedText:
        """english: the words; code and params: what the page translates by."""
        text = super().__new__(cls, english)
        text.code, text.params = code, dict(params)
        return text

    def __getnewargs__(self) -> tuple[str, str, dict[str, str]]:
        """What pickle makes it of: errors come from the engine's process through a pipe."""
        return str(self), self.code, self.params


NO_TEXT = CodedText("", "", {})


def coded(code: str, params: Mapping[str, object] | None = None) -> CodedText:
    """The text of a code of MESSAGES with its holes filled.
    Raises: KeyError for another code or a missing parameter.
    """
    texts = {name: str(value) for name, value in (params or {}).items()}
    return CodedText(MESSAGES[code].format_map(texts), code, texts)


def body_of(said: CodedText) -> dict[str, object]:
    """The JSON body of an HTTP answer that refuses something."""
    return {"error": said, "code": said.code, "params": said.params}
