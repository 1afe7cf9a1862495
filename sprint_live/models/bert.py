"""The text encoder of sprint-tiny without transformers: the same files and sums, in plain torch functions.

Importing transformers takes longer than loading the rest of the model, and its modules hold parts that are not needed
here. Weights stay in the mapped file; a row of a matrix becomes floats only while it is multiplied.

Knows: token ids and embeddings.  Must not know: pictures, time, the app.
Legend: B batch, L text tokens, D width.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor

from sprint_live.errors import WeightsError


class Int8Bert:
    """Prompts to embeddings (1, L, D) float32 and masks (1, L) int64, 1 = a real token; L is always `num_tokens`.

    model_folder: with text_encoder/ (of SprintTinyTextEncoder) and tokenizer/.

    Raises:
        WeightsError: a file is missing or damaged.
    """

    def __init__(self, model_folder: Path, num_tokens: int) -> None:
        text, words = model_folder / "text_encoder", model_folder / "tokenizer"
        try:
            config = json.loads((text / "config.json").read_text(encoding="utf-8"))
            padding = json.loads((words / "tokenizer_config.json").read_text(encoding="utf-8"))["pad_token"]
            self._weights: Mapping[str, Tensor] = load_file(text / "model.safetensors")
            self._tokenizer = Tokenizer.from_file(str(words / "tokenizer.json"))
        except Exception as error:  # tokenizers raises plain Exceptions
            raise WeightsError(f"{model_folder} has no readable text encoder ({error}); fix: restore it") from error
        self._tokenizer.enable_truncation(num_tokens)
        self._tokenizer.enable_padding(
            length=num_tokens, pad_token=padding, pad_id=self._tokenizer.token_to_id(padding)
        )
        self._num_layers, self._num_heads = config["num_hidden_layers"], config["num_attention_heads"]
        self._epsilon = config["layer_norm_eps"]

    def __call__(self, prompt: str) -> tuple[Tensor, Tensor]:
        """A prompt -> embeddings (1, L, D) and mask (1, L)."""
        encoded = self._tokenizer.encode(prompt.lower().strip())
        ids_BL, mask_BL = torch.tensor([encoded.ids]), torch.tensor([encoded.attention_mask])
        hidden = self._embed(ids_BL)
        for index in range(self._num_layers):
            hidden = self._layer(hidden, mask_BL[:, None, None].bool(), f"bert.encoder.layer.{index}.")
        return hidden, mask_BL

    def _embed(self, ids_BL: Tensor) -> Tensor:
        weights, name = self._weights, "bert.embeddings."
        words = weights[name + "word_embeddings.weight_i8"][ids_BL] * weights[name + "word_embeddings.scale"][ids_BL]
        kinds, places = (
            weights[name + "token_type_embeddings.weight"],
            weights[name + "position_embeddings.weight"],
        )
        return self._norm(words + kinds[0] + places[: ids_BL.shape[1]], name)

    def _layer(self, hidden: Tensor, mask: Tensor, name: str) -> Tensor:
        query, key, value = (
            self._linear(hidden, f"{name}attention.self.{part}").unflatten(-1, (self._num_heads, -1)).transpose(1, 2)
            for part in ("query", "key", "value")
        )
        mixed = F.scaled_dot_product_attention(query, key, value, attn_mask=mask).transpose(1, 2).flatten(2)
        hidden = self._norm(self._linear(mixed, f"{name}attention.output.dense") + hidden, f"{name}attention.output.")
        inner = F.gelu(self._linear(hidden, f"{name}intermediate.dense"))
        return self._norm(self._linear(inner, f"{name}output.dense") + hidden, f"{name}output.")

    def _linear(self, x: Tensor, name: str) -> Tensor:
        weights = self._weights
        return F.linear(x, weights[f"{name}.weight_i8"] * weights[f"{name}.scale"], weights[f"{name}.bias"])

    def _norm(self, x: Tensor, name: str) -> Tensor:
        weight, bias = self._weights[f"{name}LayerNorm.weight"], self._weights[f"{name}LayerNorm.bias"]
        return F.layer_norm(x, weight.shape, weight, bias, self._epsilon)
