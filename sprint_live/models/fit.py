"""How a model is made to fit a card: which weights are quantized, which are offloaded, how pictures are decoded.

Knows: the choices.  Must not know: torch, how the choices are carried out.
"""

from __future__ import annotations

from dataclasses import dataclass

from sprint_live.errors import ArgumentError, refusal

# bits a weight of a linear layer takes, with its scales: nf4 has one float32 for 64 weights
QUANTIZED_BITS = {"none": 16.0, "int8": 8.0, "nf4": 4.5}
# LLM.int8() of bitsandbytes is left out on purpose: it multiplies in float16, where Gemma-2 and SANA overflow
QUANTIZATIONS = tuple(QUANTIZED_BITS)


@dataclass(frozen=True, kw_only=True)
class Fit:
    """The savings of memory; the default saves nothing.

    quantize_text, quantize_transformer: "none", "int8" (torchao, weights only) or "nf4" (bitsandbytes, CUDA only);
    linear layers only. offload_text: the text encoder waits in main memory and visits the device for a new prompt.
    tile: the autoencoder works on 512-pixel tiles; seams are blended, so pictures differ a little. autoencoder_float32:
    keep the autoencoder in float32 where the rest is bfloat16.

    Raises:
        ArgumentError: an unknown quantization, or an offloaded encoder that is quantized.
    """

    quantize_text: str = "none"
    quantize_transformer: str = "none"
    offload_text: bool = False
    tile: bool = False
    autoencoder_float32: bool = False

    def __post_init__(self) -> None:
        for name in ("quantize_text", "quantize_transformer"):
            value = getattr(self, name)
            if value not in QUANTIZATIONS:
                raise ArgumentError(
                    refusal(got=f"{name} {value!r}", accepted=", ".join(QUANTIZATIONS), fix="use one of these")
                )
        if self.offload_text and self.quantize_text != "none":
            raise ArgumentError(
                refusal(
                    got=f"offload_text with quantize_text {self.quantize_text!r}",
                    accepted="one of the two",
                    fix="a quantized text encoder is small enough to stay; drop one option",
                )
            )

    def quantization(self, component: str) -> str:
        """How a component, named as in model_index.json, is quantized."""
        return {"text_encoder": self.quantize_text, "transformer": self.quantize_transformer}.get(component, "none")

    @property
    def words(self) -> str:
        """The choices in a few words, for tables."""
        said = [
            f"{self.quantize_text} text encoder" if self.quantize_text != "none" else "",
            f"{self.quantize_transformer} transformer" if self.quantize_transformer != "none" else "",
            "text encoder offloaded" if self.offload_text else "",
            "tiled autoencoder" if self.tile else "",
            "float32 autoencoder" if self.autoencoder_float32 else "",
        ]
        return ", ".join(word for word in said if word) or "everything in bfloat16"


AS_PUBLISHED = Fit()
# what `sprint-live models --memory` lists, from the fastest to the smallest
LISTED = (
    AS_PUBLISHED,
    Fit(autoencoder_float32=True),
    Fit(tile=True),
    Fit(offload_text=True),
    Fit(quantize_text="int8"),
    Fit(quantize_text="nf4"),
    Fit(quantize_text="nf4", tile=True),
    Fit(quantize_text="nf4", quantize_transformer="nf4", tile=True),
)
