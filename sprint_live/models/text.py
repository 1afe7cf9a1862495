"""The text encoder of sprint-tiny: the first layers of all-MiniLM-L6-v2 with their matrices kept as int8.

69 MB of float32 become 18 MB: every row of a matrix is int8 with one float scale. Prompts are
cached by the engine, so converting rows back to floats at each call costs nothing.

Knows: token ids and embeddings.  Must not know: pictures, time, the app.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn
from transformers import BertConfig, BertModel, PreTrainedModel
from transformers.modeling_outputs import BaseModelOutput


class Int8Linear(nn.Module):
    """`nn.Linear` with int8 rows: y = x (scale * W_i8)^T + b."""

    weight_i8: torch.Tensor
    scale: torch.Tensor
    bias: torch.Tensor

    def __init__(self, in_features: int, out_features: int) -> None:
        super().__init__()
        self.register_buffer("weight_i8", torch.zeros(out_features, in_features, dtype=torch.int8))
        self.register_buffer("scale", torch.ones(out_features, 1))
        self.register_buffer("bias", torch.zeros(out_features))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """As the layer or encoder that it stands for."""
        return F.linear(x, self.weight_i8 * self.scale, self.bias)


class Int8Embedding(nn.Module):
    """`nn.Embedding` with int8 rows; only looked-up rows become floats."""

    weight_i8: torch.Tensor
    scale: torch.Tensor

    def __init__(self, num_embeddings: int, embedding_dim: int) -> None:
        super().__init__()
        self.register_buffer("weight_i8", torch.zeros(num_embeddings, embedding_dim, dtype=torch.int8))
        self.register_buffer("scale", torch.ones(num_embeddings, 1))

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        """As the layer or encoder that it stands for."""
        return F.embedding(ids, self.weight_i8) * F.embedding(ids, self.scale)


class SprintTinyTextEncoder(PreTrainedModel):
    """BERT (sprint-tiny: 3 layers, width 384) whose linear layers and word table are int8.

    Call with input_ids (B, L) and attention_mask (B, L); `.last_hidden_state` is (B, L, 384) float32.
    """

    config_class = BertConfig
    base_model_prefix = "bert"
    _supports_sdpa = True

    def __init__(self, config: BertConfig) -> None:
        super().__init__(config)
        self.bert = BertModel(config, add_pooling_layer=False)
        for module in list(self.bert.modules()):
            for name, child in list(module.named_children()):
                if isinstance(child, nn.Linear):
                    setattr(module, name, Int8Linear(child.in_features, child.out_features))
        words = self.bert.embeddings.word_embeddings
        int8_words = Int8Embedding(words.num_embeddings, words.embedding_dim)
        self.bert.embeddings.word_embeddings = int8_words  # pyright: ignore[reportAttributeAccessIssue]
        self.post_init()

    def _init_weights(self, module: nn.Module) -> None:
        """Nothing to initialize: this class is only ever filled from a trained BERT."""

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor | None = None) -> BaseModelOutput:
        """As the layer or encoder that it stands for."""
        hidden = self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return BaseModelOutput(last_hidden_state=hidden)

    @classmethod
    def from_bert(cls, bert: BertModel) -> SprintTinyTextEncoder:
        """Quantize a float BERT: symmetric, one scale a row, rounded to nearest."""
        encoder = cls(bert.config)
        floats = bert.state_dict()
        state = {}
        for name, target in encoder.bert.state_dict().items():
            prefix, _, leaf = name.rpartition(".")
            if leaf in ("weight_i8", "scale"):
                weight = floats[f"{prefix}.weight"].float()
                scale = (weight.abs().amax(dim=1, keepdim=True) / 127.0).clamp_min(1e-12)
                state[name] = (weight / scale).round().to(torch.int8) if leaf == "weight_i8" else scale
            else:
                state[name] = floats[name].to(target.dtype)
        encoder.bert.load_state_dict(state)
        return encoder.eval()
