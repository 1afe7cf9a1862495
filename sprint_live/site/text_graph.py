"""The text encoder of sprint-tiny as one module with plain operations, for export:
`models.bert.Int8Bert` without its tokenizer.

Knows: token ids and embeddings.  Must not know: pictures, time, the app.
Legend: B batch, L text tokens, D width, A heads, K head width.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from sprint_live.errors import WeightsError


class TextGraph(nn.Module):
    """Token ids (1, L) int64, all of them real -> embeddings (1, L, D) float32.

    Padding is masked where a text is padded, so the embeddings of the real tokens are the same without it.

    Raises:
        WeightsError: a file of the folder is missing or damaged.
    """

    def __init__(self, model_folder: Path) -> None:
        super().__init__()
        folder = model_folder / "text_encoder"
        try:
            config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
            weights: Mapping[str, Tensor] = load_file(folder / "model.safetensors")
        except (OSError, ValueError) as error:
            raise WeightsError(f"{folder} has no readable text encoder ({error}); fix: restore it") from error
        self._num_layers, self._num_heads = config["num_hidden_layers"], config["num_attention_heads"]
        self._epsilon = config["layer_norm_eps"]
        for name, tensor in weights.items():
            self.register_buffer(_plain(name), tensor)

    @property
    def num_words(self) -> int:
        """How many token ids there are."""
        return len(self._get("bert.embeddings.word_embeddings.weight_i8"))

    def forward(self, ids_BL: Tensor) -> Tensor:
        """See the class."""
        name = "bert.embeddings."
        words = F.embedding(ids_BL, self._get(name + "word_embeddings.weight_i8")).float()
        words = words * F.embedding(ids_BL, self._get(name + "word_embeddings.scale"))
        kinds, places = self._get(name + "token_type_embeddings.weight"), self._get(name + "position_embeddings.weight")
        hidden = self._norm(words + kinds[0] + places[: ids_BL.shape[1]], name)
        for index in range(self._num_layers):
            hidden = self._layer(hidden, f"bert.encoder.layer.{index}.")
        return hidden

    def _layer(self, hidden: Tensor, name: str) -> Tensor:
        query, key, value = (
            self._linear(hidden, f"{name}attention.self.{part}").unflatten(-1, (self._num_heads, -1)).transpose(1, 2)
            for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(-1, -2) / math.sqrt(query.shape[-1])
        mixed = (torch.softmax(scores, dim=-1) @ value).transpose(1, 2).flatten(2)
        hidden = self._norm(self._linear(mixed, f"{name}attention.output.dense") + hidden, f"{name}attention.output.")
        inner = F.gelu(self._linear(hidden, f"{name}intermediate.dense"))
        return self._norm(self._linear(inner, f"{name}output.dense") + hidden, f"{name}output.")

    def _linear(self, x: Tensor, name: str) -> Tensor:
        weight = self._get(f"{name}.weight_i8").float() * self._get(f"{name}.scale")
        return F.linear(x, weight, self._get(f"{name}.bias"))

    def _norm(self, x: Tensor, name: str) -> Tensor:
        weight, bias = self._get(f"{name}LayerNorm.weight"), self._get(f"{name}LayerNorm.bias")
        return F.layer_norm(x, weight.shape, weight, bias, self._epsilon)

    def _get(self, name: str) -> Tensor:
        return self.get_buffer(_plain(name))


def _plain(name: str) -> str:
    """A buffer's name holds no dots."""
    return name.replace(".", "__")
