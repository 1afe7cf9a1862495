"""The engine's optimizations by name: what each does, how exact it is, where it is on.

To add one, add a row; the engine asks `Switches` whether it is on. `load_engine(without=..., also=...)` and the
options --without and --with of the commands turn them off and on.

Knows: names and devices.  Must not know: how anything is computed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sprint_live.errors import ArgumentError, refusal

EXACT = "exact"  # the same mathematics; float32 may round otherwise


@dataclass(frozen=True, kw_only=True)
class Switch:
    """One optimization. error: EXACT or what changes in the picture. on: device types it is on for without being asked.

    needs: the switch it is a part of; without that one it is off. gain: what was measured, and where.
    """

    name: str
    what: str
    error: str
    on: frozenset[str]
    needs: str = ""
    gain: str = "not measured yet"


REWRITES = ("upsample-fold", "shortcut-fold", "fused-norm", "channels-last", "packed-conv")
PIXEL_SWITCHES = (*REWRITES, "fp8-decoder", "quick-pixels", "incremental-encode")
"""What changes how the autoencoder's modules are run."""
EVERYWHERE = frozenset({"cpu", "cuda", "mps"})
NOT_MPS = frozenset({"cpu", "cuda"})

TABLE = (
    Switch(
        name="prompt-cache",
        what="embeddings of the last 64 prompts are kept",
        error=EXACT,
        on=EVERYWHERE,
    ),
    Switch(
        name="fast-network",
        what="blocks on tokens throughout: modulation inside the norms, 1x1 convolutions as products, no query norm "
        "where it cancels",
        error=EXACT,
        on=EVERYWHERE,
        gain="sprint-tiny's denoiser, one busy Zen 5 thread, with its parts: 104 -> 48 ms in float32",
    ),
    Switch(
        name="valid-tokens",
        needs="fast-network",
        what="a text's padding is left out instead of masked",
        error=EXACT,
        on=EVERYWHERE,
        gain="sprint-tiny's denoiser, one busy Zen 5 thread, 6 of 64 tokens: 53 -> 48 ms",
    ),
    Switch(
        name="prompt-kv",
        needs="fast-network",
        what="caption projection and cross-attention keys and values are kept by prompt",
        error=EXACT,
        on=EVERYWHERE,
        gain="sprint-tiny's denoiser, one busy Zen 5 thread: 66 -> 48 ms",
    ),
    Switch(
        name="adaln-cache",
        needs="fast-network",
        what="shift, scale and gate of every block are kept by time and guidance",
        error=EXACT,
        on=EVERYWHERE,
        gain="sprint-tiny's denoiser, one busy Zen 5 thread: 59 -> 48 ms",
    ),
    Switch(
        name="block0-cache",
        needs="fast-network",
        what="the base's block 0 is kept by seed, size, prompt, time and guidance: no line reaches it",
        error=EXACT,
        on=EVERYWHERE,
    ),
    Switch(
        name="fused-qkv",
        needs="fast-network",
        what="queries, keys and values of self-attention in one product",
        error=EXACT,
        on=EVERYWHERE,
    ),
    Switch(
        name="packed-weights",
        needs="fast-network",
        what="products by oneDNN from copies in its own layout, where they take at most 512 MiB",
        error=EXACT,
        on=frozenset({"cpu"}),
        gain="sprint-tiny's denoiser, one busy Zen 5 thread: 85 -> 48 ms",
    ),
    Switch(
        name="folded-text",
        needs="packed-weights",
        what="a short prompt's keys, values and output projection become two small products",
        error=EXACT,
        on=frozenset({"cpu"}),
        gain="sprint-tiny's denoiser, one busy Zen 5 thread, 6 tokens: 54 -> 44 ms",
    ),
    Switch(
        name="bfloat16",
        needs="fast-network",
        what="a float32 model's transformer and branch in bfloat16 on a CPU that multiplies it natively, attention "
        "sums in float32",
        error="sprint-tiny's pictures stay within 56 dB PSNR of float32",
        on=frozenset({"cpu"}),
        gain="sprint-tiny's denoiser, one busy Zen 5 thread: 48 -> 33 ms",
    ),
    Switch(
        name="fp8-linear",
        needs="fast-network",
        what="products of the transformer and the branch in float8, a scale a token and an output; RTX 40, H100 and "
        "newer",
        error="not measured on released weights; a small random model on a CPU: 40 dB",
        on=frozenset(),
    ),
    Switch(
        name="compile",
        needs="fast-network",
        what="everything behind block 0 through torch.compile, the result kept in the user's cache; minutes at the "
        "first start",
        error=EXACT,
        on=frozenset(),
        gain="one block, one busy Zen 5 thread: plain 6.1 ms, compiled with frozen weights 4.1 ms after 39 s, "
        "fast-network 3.0 ms uncompiled",
    ),
    Switch(
        name="cuda-graph",
        needs="fast-network",
        what="everything behind block 0 as one CUDA graph for each size, batch and length of text; off until it has "
        "run on a GPU",
        error=EXACT,
        on=frozenset(),
    ),
    Switch(
        name="incremental-encode",
        what="of a client's next page only the changed rectangle goes through the local stages of the encoder; "
        "nothing if none changed",
        error=EXACT,
        on=EVERYWHERE,
        gain="a stroke of 40 px on 1024x1024, sprint-tiny, one Zen 5 thread: 25.5 -> 8.0 ms; unchanged: 0.15 ms; "
        "released: 5.18 -> 1.86 TFLOP for 256x256 px",
    ),
    Switch(
        name="upsample-fold",
        what="nearest upsampling and the convolution after it as one transposed convolution with summed taps",
        error=EXACT,
        on=NOT_MPS,
        gain="one 128 -> 64 channel block at 64x64, one Zen 5 thread: 9.8 -> 4.8 ms",
    ),
    Switch(
        name="shortcut-fold",
        what="the autoencoder's shortcuts between blocks as taps of the convolutions beside them; float32 only",
        error=EXACT,
        on=NOT_MPS,
        gain="sprint-tiny's decoder, one Zen 5 thread: 59 -> 54 ms",
    ),
    Switch(
        name="fused-norm",
        what="the autoencoder's norms over channels in one call each, SiLU in place",
        error=EXACT,
        on=NOT_MPS,
        gain="one norm of 128x128x48, one Zen 5 thread: 2.0 -> 0.6 ms",
    ),
    Switch(
        name="channels-last",
        what="the autoencoder's features with channels innermost; its convolution weights are held a second time",
        error=EXACT,
        on=NOT_MPS,
        gain="with fused-norm, sprint-tiny's decoder, one Zen 5 thread: 61 -> 59 ms; not measured on a GPU yet",
    ),
    Switch(
        name="packed-conv",
        needs="channels-last",
        what="the autoencoder's float32 convolutions by oneDNN from weights in its own layout, SiLU included",
        error=EXACT,
        on=frozenset({"cpu"}),
        gain="sprint-tiny's decoder, one Zen 5 thread: 54 -> 49 ms",
    ),
    Switch(
        name="fp8-decoder",
        what="the decoder's convolutions of 256 channels and more in float8, a scale a picture; RTX 40, H100 and newer",
        error="not measured on released weights; of random features a convolution misses less than 7 %",
        on=frozenset(),
    ),
    Switch(
        name="quick-pixels",
        what="sprint-tiny's average and interpolation, and the rounding to uint8, by OpenCV",
        error="one level in at most 1 of 10,000 values",
        on=frozenset({"cpu"}),
        gain="interpolation and rounding at 1024x1024, one Zen 5 thread: 44 -> 3 ms",
    ),
    Switch(
        name="preview-decoder",
        what="pictures asked for with preview=True come from the model's small decoder or the tiny autoencoder that "
        "was named",
        error="another picture: see the model's card",
        on=EVERYWHERE,
    ),
    Switch(
        name="tiny-encoder",
        needs="preview-decoder",
        what="the control page by the tiny autoencoder's encoder; a painting still goes through the full one",
        error="another latent of the lines: not measured on released weights, so off until asked for",
        on=frozenset(),
        gain="counted for 1024x1024: 5,180 -> 33 GFLOP",
    ),
    Switch(
        name="nvjpeg",
        what="JPEG on the GPU through torchvision",
        error="another encoder: a few levels",
        on=frozenset(),
    ),
    Switch(
        name="openvino",
        what="all networks as OpenVINO graphs, where it is installed and the model was compared; takes the place of "
        "the fast network",
        error=EXACT,
        on=frozenset({"cpu"}),
        gain="sprint-tiny at 1024x1024, whole picture, two AVX-512 cores: 85 -> 75 ms",
    ),
    Switch(
        name="openvino-bfloat16",
        needs="openvino",
        what="its arithmetic in bfloat16, where the CPU multiplies it natively",
        error="sprint-tiny's pictures: 52 to 56 dB to float32 on four drawings, 41 on a page of two loose lines",
        on=frozenset({"cpu"}),
        gain="the same: 75 -> 46 ms",
    ),
)


class Switches:
    """The optimizations that are on, and why. asked: those turned on by name.

    Raises:
        ArgumentError: a name that no switch has, or one that is asked for and refused at once.
    """

    def __init__(self, device: str = "cpu", *, without: Collection[str] = (), also: Collection[str] = ()) -> None:
        known = [switch.name for switch in TABLE]
        for name in (*without, *also):
            if name not in known or (name in without and name in also):
                got = f"switch {name!r}" + (" turned off and on" if name in known else "")
                raise ArgumentError(
                    refusal(got=got, accepted=", ".join(known), fix="use one of these names, each once")
                )
        self.asked = frozenset(also)
        self._why: dict[str, tuple[bool, str]] = {}
        for switch in TABLE:
            self._why[switch.name] = self._decide(switch, device, without, also)

    def __contains__(self, name: str) -> bool:
        """Whether a switch is on; a name that is not in the table is our own mistake."""
        return self._why[name][0]

    def why(self, name: str) -> str:
        """Why a switch is on or off, for people."""
        return self._why[name][1]

    def refuse(self, name: str, why: str) -> None:
        """Turn a switch, and what needs it, off for a reason that only shows once the model is loaded."""
        self._why[name] = (False, why)
        for switch in TABLE:
            if switch.needs == name:
                self.refuse(switch.name, f"{name} is off")

    def _decide(self, switch: Switch, device: str, without: Collection[str], also: Collection[str]) -> tuple[bool, str]:
        if switch.name in without:
            return False, "turned off by name"
        if switch.needs and not self._why[switch.needs][0]:
            return False, f"{switch.needs} is off"
        if switch.name in also:
            return True, "asked for"
        return device in switch.on, f"default on {device}"

    def lines(self) -> list[str]:
        """The table for people: name, on or off and why, what it does, its error and its gain."""
        lines = []
        for switch in TABLE:
            is_on, why = self._why[switch.name]
            lines.append(
                f"  {switch.name:20} {'on' if is_on else 'off':4} ({why}) {switch.what}; {switch.error}; gain: "
                f"{switch.gain}"
            )
        return lines


def switch_names() -> tuple[str, ...]:
    """Names of all switches, in the order of the table."""
    return tuple(switch.name for switch in TABLE)
