"""Word binding: the text encoder learns which words of a caption belong together.

all-MiniLM-L6-v2 was trained to say a sentence in one vector. Behind its last layer every token is much like every
other: from "roof" in "a red house with a blue roof" a linear probe reads "blue" in 0.41 of held-out captions, behind
its second layer in 0.83. A transformer that is told to color the roof cannot know what the text does not tell.

So the first layers alone are kept and taught, on captions and without any picture. For every token i of a phrase:

    words   -mean_j log softmax_v(12 cos(P h_i, e_v))[v_j]   i tells the other tokens j of its phrase
    pairs   BCE(q(h_i) k(h_j) / 8, [i and j are of one phrase])
    keep    mean (h - h_before)^2                             the rest of its meaning stays

h: what the encoder says of a token; e_v: its fixed word vectors; v: the words of the batch.
In half of the captions each phrase ends with a random word of the vocabulary, so that it is grammar that is learned.

Knows: BERT, captions and phrases.  Must not know: pictures, the transformer.
Legend: B captions, L tokens, D width, V words.
"""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from tqdm import tqdm
from transformers import BertConfig, BertModel, PreTrainedTokenizerBase

from sprint_live.errors import InputError
from sprint_live.train.data.phrases import Phrase
from sprint_live.train.data.shards import read_parts, shard_paths

Told = tuple[str, Sequence[Phrase]]
"""A caption and its phrases."""

_SHARPNESS = 12.0
_PAIR_WIDTH = 64
_RANDOM_WORDS = 0.5  # of the captions


@dataclasses.dataclass(frozen=True, kw_only=True)
class BindingOptions:
    """num_layers: of the encoder, kept. learning_rate: falls linearly to a twentieth. max_tokens: of a caption."""

    num_layers: int = 3
    num_updates: int = 300
    batch_size: int = 32
    learning_rate: float = 3e-4
    max_tokens: int = 48
    seed: int = 0


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Tokens:
    """ids, mask (B, L) int64; phrase (B, L) int64: the number of a token's phrase, unique in the batch, or -1."""

    ids_BL: Tensor
    mask_BL: Tensor
    phrase_BL: Tensor


class _Binding(nn.Module):
    """What reads the taught encoder; it is thrown away."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.words = nn.Linear(width, width)
        self.query, self.key = nn.Linear(width, _PAIR_WIDTH), nn.Linear(width, _PAIR_WIDTH)


def told_captions(data: Path, most: int = 8_000) -> list[Told]:
    """Captions with phrases from the first shards of a dataset folder.

    Raises:
        InputError: no caption there has phrases.
    """
    found: list[Told] = []
    for path in shard_paths(data):
        found += [(caption, phrases) for caption, _, phrases in read_parts(path) if phrases]
        if len(found) >= most:
            break
    if not found:
        raise InputError(f"no caption in {data} has phrases; fix: build it anew with `sprint-live data build`")
    return found[:most]


def first_layers(bert: BertModel, num_layers: int) -> BertModel:
    """A copy of the encoder that ends behind its layer `num_layers`."""
    config = BertConfig.from_dict({**bert.config.to_dict(), "num_hidden_layers": num_layers})
    short = BertModel(config, add_pooling_layer=False)
    known = bert.state_dict()
    short.load_state_dict({name: known[name] for name in short.state_dict()})
    return short.eval()


def bind_words(
    bert: BertModel, tokenizer: PreTrainedTokenizerBase, captions: Sequence[Told], options: BindingOptions
) -> BertModel:
    """The first `options.num_layers` layers of `bert`, taught on `captions`; its word vectors stay as they are.

    captions: each with its phrases. Returns: a frozen model in evaluation mode; `bert` is not changed. The same seed
    gives the same weights on one machine.
    """
    torch.manual_seed(options.seed)
    rng = np.random.default_rng(options.seed)
    before = first_layers(bert, options.num_layers)
    taught = copy.deepcopy(before)  # in evaluation mode: without dropout
    taught.embeddings.word_embeddings.requires_grad_(False)
    binding = _Binding(taught.config.hidden_size)
    learned = [weight for module in (taught, binding) for weight in module.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(learned, lr=options.learning_rate, weight_decay=0.01)
    vocabulary = sorted(word for word in tokenizer.get_vocab() if word.isalpha() and word.islower() and len(word) > 2)
    progress = tqdm(range(options.num_updates), desc="word binding", unit="update")
    for step in progress:
        for group in optimizer.param_groups:
            group["lr"] = options.learning_rate * max(0.05, 1 - step / options.num_updates)
        chosen = [captions[index] for index in rng.integers(len(captions), size=options.batch_size)]
        told = [with_random_words(one, vocabulary, rng) if rng.random() < _RANDOM_WORDS else one for one in chosen]
        with torch.autocast("cpu", torch.bfloat16):
            terms = binding_losses(taught, before, binding, _tokens(tokenizer, told, options.max_tokens))
        optimizer.zero_grad()
        torch.stack(list(terms.values())).sum().backward()
        nn.utils.clip_grad_norm_(learned, 1.0)
        optimizer.step()
        progress.set_postfix({name: f"{term.item():.3f}" for name, term in terms.items()})
    return taught.requires_grad_(False)


def binding_losses(taught: BertModel, before: BertModel, binding: _Binding, tokens: _Tokens) -> dict[str, Tensor]:
    """The scalars "words", "pairs" and "keep" of one batch, as the docstring of this file defines them.

    taught: learns. before: the same layers untaught. The batch needs two tokens of one phrase.
    """
    hidden_BLD = taught(input_ids=tokens.ids_BL, attention_mask=tokens.mask_BL).last_hidden_state
    with torch.no_grad():
        before_BLD = before(input_ids=tokens.ids_BL, attention_mask=tokens.mask_BL).last_hidden_state
    moved_BL = (hidden_BLD - before_BLD).square().mean(-1)
    inside = tokens.phrase_BL >= 0
    phrase_N, ids_N, hidden_ND = tokens.phrase_BL[inside], tokens.ids_BL[inside], hidden_BLD[inside]
    others_NN = (phrase_N[:, None] == phrase_N) & ~torch.eye(len(phrase_N), dtype=torch.bool)
    known_V, word_N = ids_N.unique(return_inverse=True)
    vectors_VD = F.normalize(taught.embeddings.word_embeddings.weight[known_V], dim=-1)
    scores_NV = F.normalize(binding.words(hidden_ND), dim=-1) @ vectors_VD.T * _SHARPNESS
    asked = others_NN.any(1)
    share_NN = others_NN.float() / others_NN.sum(1, keepdim=True).clamp(min=1)
    told_N = (share_NN * scores_NV.log_softmax(-1)[:, word_N]).sum(1)
    together_BLL = inside[:, :, None] & inside[:, None]
    same_BLL = (tokens.phrase_BL[:, :, None] == tokens.phrase_BL[:, None]).float()
    scores_BLL = binding.query(hidden_BLD) @ binding.key(hidden_BLD).transpose(1, 2) / _PAIR_WIDTH**0.5
    return {
        "words": -told_N[asked].mean(),
        "pairs": F.binary_cross_entropy_with_logits(scores_BLL[together_BLL], same_BLL[together_BLL]),
        "keep": moved_BL[tokens.mask_BL.bool()].mean(),
    }


def with_random_words(told: Told, vocabulary: Sequence[str], rng: np.random.Generator) -> Told:
    """The caption with the last word of every phrase replaced by a random one of `vocabulary`, its phrases moved along.

    A caption whose phrases overlap comes back as it is.
    """
    caption, phrases = told
    text, end, changed = "", 0, []
    for phrase in sorted(phrases, key=lambda one: one.start):
        if phrase.start < end:
            return told
        text += caption[end : phrase.start]
        words = [*caption[phrase.start : phrase.end].split(" ")[:-1], vocabulary[rng.integers(len(vocabulary))]]
        changed.append(Phrase(start=len(text), end=len(text) + len(" ".join(words)), ids=phrase.ids))
        text, end = text + " ".join(words), phrase.end
    return text + caption[end:], tuple(changed)


def _tokens(tokenizer: PreTrainedTokenizerBase, told: Sequence[Told], max_tokens: int) -> _Tokens:
    read = tokenizer(
        [caption.lower() for caption, _ in told],
        padding=True,
        truncation=True,
        max_length=max_tokens,
        return_offsets_mapping=True,
        return_tensors="pt",
    )
    starts_BL, ends_BL = read["offset_mapping"].unbind(-1)
    phrase_BL = torch.full_like(read["input_ids"], -1)
    number = 0
    for row, (_, phrases) in enumerate(told):
        for phrase in phrases:
            named = (ends_BL[row] > starts_BL[row]) & (starts_BL[row] >= phrase.start) & (ends_BL[row] <= phrase.end)
            phrase_BL[row, named & (phrase_BL[row] < 0)] = number
            number += 1
    return _Tokens(ids_BL=read["input_ids"], mask_BL=read["attention_mask"], phrase_BL=phrase_BL)
