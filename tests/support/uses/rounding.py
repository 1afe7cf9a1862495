"""A backend of quantization that is there everywhere: it rounds the weights to bfloat16."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from diffusers.quantizers import auto
from diffusers.quantizers.base import DiffusersQuantizer
from diffusers.quantizers.quantization_config import QuantizationConfigMixin


@dataclass
class RoundingConfig(QuantizationConfigMixin):
    quant_method: str = "rounding"


class RoundingQuantizer(DiffusersQuantizer):
    is_serializable = is_trainable = False

    def _process_model_before_weight_loading(self, model: torch.nn.Module, **kwargs: object) -> None:
        model.config.quantization_config = self.quantization_config

    def _process_model_after_weight_loading(self, model: torch.nn.Module, **kwargs: object) -> torch.nn.Module:
        for weights in model.parameters():
            weights.data = weights.data.bfloat16().float()
        model.is_quantized = True
        return model


@contextmanager
def rounding() -> Iterator[None]:
    """diffusers knows the backend while the context lasts."""
    known = auto.AUTO_QUANTIZER_MAPPING, auto.AUTO_QUANTIZATION_CONFIG_MAPPING
    for mapping, made in zip(known, (RoundingQuantizer, RoundingConfig), strict=True):
        mapping["rounding"] = made
    try:
        yield
    finally:
        for mapping in known:
            del mapping["rounding"]
