"""The table of the engine's optimizations: what each does, what it costs in exactness, where it is on.

Adding one is adding a row. Which rows are on, and why, is for `switches.Switches` to say.

Knows: names and devices.  Must not know: how anything is computed.
"""

from __future__ import annotations

from dataclasses import dataclass

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


def switch_names() -> tuple[str, ...]:
    """Names of all switches, in the order of the table."""
    return tuple(switch.name for switch in TABLE)
