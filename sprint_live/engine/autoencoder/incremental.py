"""An encoder that runs again only where its input changed.

Its stages up to the first global one are local (`receptive_field`): in each, a changed rectangle spreads by a few
cells. While that is less than most of the picture, a stage runs on a crop widened by its reach, and the part that
depends only on the crop is pasted into the features of the last run. The global stages always run on the whole input.

    pixels -> conv_in -> stage -> ... -> last local stage | attention stages -> conv_out -> latent
              crops of the changed rectangle, pasted      | all of it

Knows: AutoencoderDC's encoder, sequences of stages, tensors.  Must not know: who draws, what is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from diffusers.models.autoencoders.autoencoder_dc import Encoder
from torch import Tensor, nn

from sprint_live.engine.autoencoder.receptive_field import ReceptiveField, receptive_field_of

Box = tuple[int, int, int, int]
Read = Callable[[Box], Tensor]
MIB = 2**20
# larger features are not kept but made again; the released DC-AE at 1024x1024 has 17 MiB behind its last local stage
KEEP_MIB = 32
WHOLE_SHARE = 0.6  # of a stage's input: from here on its whole run is as fast as a crop
CROP_SIXTEENTHS = (2, 4, 5, 7, 10, 12, 16)
"""Sizes of crops, per side. oneDNN compiles and keeps a kernel for every shape it meets:
with crops of any size, 1,000 random rectangles took 260 MB.
"""


@dataclass(eq=False)
class CachedFeatures:
    """The features kept from one input: its size in cells, and features by the number of the local stage that made
    them.
    """

    size_yx: tuple[int, int]
    features: dict[int, Tensor] = field(default_factory=dict)

    @property
    def num_bytes(self) -> int:
        """Of all features."""
        return sum(tensor.nbytes for tensor in self.features.values())


class StagedEncoder:
    """Runs an Encoder of AutoencoderDC, or a sequence of stages, one after another; its result is the encoder's own, up
    to the rounding of float sums.

    num_local: how many of its stages are local, from the first on. A latent is unscaled, and valid until the next call:
    where every stage is local it is one of the kept features itself.
    """

    def __init__(self, encoder: Encoder | nn.Sequential) -> None:
        is_sequence = isinstance(encoder, nn.Sequential)
        stages = list(encoder) if is_sequence else [encoder.conv_in, *encoder.down_blocks, _Head(encoder)]
        self._stages = nn.ModuleList(stages)
        reaches = [receptive_field_of(stage.conv if isinstance(stage, _Head) else stage) for stage in stages]
        self.num_local = reaches.index(None) if None in reaches else len(reaches)
        self._reaches = reaches[: self.num_local]

    def encode(self, x_BCYX: Tensor) -> tuple[Tensor, CachedFeatures]:
        """Encode a whole input; returns its latent, and what a later `again` needs."""
        kept = CachedFeatures(size_yx=tuple(x_BCYX.shape[-2:]))
        for number, stage in enumerate(self._stages):
            x_BCYX = stage(x_BCYX)
            if number < self.num_local and (x_BCYX.nbytes <= KEEP_MIB * MIB or number == self.num_local - 1):
                kept.features[number] = x_BCYX
        return x_BCYX, kept

    def again(self, read: Read, box: Box, kept: CachedFeatures) -> Tensor:
        """The latent after the input changed inside `box`. `kept` must be of the input before,
        and is brought up to date.

        read: the present input (B, C, y, x) inside a box. Where this raises, `kept` is worthless.
        """
        size_yx, done = kept.size_yx, -1
        for number, features in sorted(kept.features.items()):
            run, reach = self._between(done, number)
            box, kept.features[number] = _run(run, reach, read, size_yx, box, features)
            read, size_yx, done = _reader(kept.features[number]), tuple(features.shape[-2:]), number
        return _through(self._stages[self.num_local :], kept.features[done])

    def _between(self, done: int, number: int) -> tuple[list[nn.Module], ReceptiveField]:
        """The stages after `done` up to `number`, and their reach together."""
        reach = ReceptiveField()
        for one in self._reaches[done + 1 : number + 1]:
            reach = reach.then(one)
        return list(self._stages[done + 1 : number + 1]), reach


def _run(
    run: list[nn.Module], reach: ReceptiveField, read: Read, size_yx: tuple[int, int], box: Box, features: Tensor
) -> tuple[Box, Tensor]:
    """The box of changed cells behind `run`, and its features brought up to date: pasted into, or made anew."""
    height, width = features.shape[-2:]
    out = (*reach.touched(box[:2], height), *reach.touched(box[2:], width))
    crop = tuple(
        edge
        for span, limit in ((out[:2], size_yx[0]), (out[2:], size_yx[1]))
        for edge in widened(reach.needed(span, limit), limit, reach.stride)
    )
    if (crop[1] - crop[0]) * (crop[3] - crop[2]) >= WHOLE_SHARE * size_yx[0] * size_yx[1]:
        return (0, height, 0, width), _through(run, read((0, size_yx[0], 0, size_yx[1])))
    made = _through(run, read(crop))
    top, left = crop[0] // reach.stride, crop[2] // reach.stride
    features[..., out[0] : out[1], out[2] : out[3]] = made[
        ..., out[0] - top : out[1] - top, out[2] - left : out[3] - left
    ]
    return out, features


def widened(span: tuple[int, int], limit: int, stride: int) -> tuple[int, int]:
    """The smallest span [begin, end) of a size in CROP_SIXTEENTHS of `limit`, in strides,
    that lies inside and holds `span`.
    """
    begin, end = span
    size = next(size for part in CROP_SIXTEENTHS if (size := -(-limit * part // (16 * stride)) * stride) >= end - begin)
    begin = min(begin, limit - size)
    return begin, begin + size


class _Head(nn.Module):
    """The end of an Encoder's forward: (B, C, Y, X) -> latent, the mean over groups of channels beside a
    convolution.
    """

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.conv = encoder.conv_out
        self.group = encoder.out_shortcut_average_group_size if encoder.out_shortcut else 0

    def forward(self, x: Tensor) -> Tensor:
        latent = self.conv(x)
        return latent + x.unflatten(1, (-1, self.group)).mean(dim=2) if self.group else latent


def _through(run: Iterable[nn.Module], x: Tensor) -> Tensor:
    for stage in run:
        x = stage(x)
    return x


def _reader(features: Tensor) -> Read:
    return lambda box: features[..., box[0] : box[1], box[2] : box[3]]
