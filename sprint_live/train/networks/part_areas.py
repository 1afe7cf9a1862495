"""Encode once: how much of every image token is which named part, and which text tokens name it.

For every `scenes-NNNNN.tar` and canvas size one `grounding-NNNNN-YY.safetensors`: coverage (N, P, Y, X) uint8, 255 =
the token lies wholly on the part; span (N, P, L) bool. Unused rows are empty.

Knows: shards, the tokenizer.  Must not know: losses, attention.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import torch
from safetensors.torch import save_file
from tqdm import tqdm
from transformers import PreTrainedTokenizerBase

from sprint_live.train.data.phrases import Phrase
from sprint_live.train.data.shards import read_parts, shard_paths

MAX_PARTS = 16  # named parts of a scene; further ones are left out


def encode_parts(
    tokenizer: PreTrainedTokenizerBase, data: Path, out: Path, *, latent_side: int, num_shards: int, max_tokens: int
) -> None:
    """Write the missing files for the first `num_shards` shards at one canvas size.

    Args:
        tokenizer: a fast one; it says which characters each token stands for.
        max_tokens: of the caption, as the text encoder cuts it.
    """
    out.mkdir(parents=True, exist_ok=True)
    for path in tqdm(shard_paths(data)[:num_shards], desc=f"parts {latent_side}x{latent_side}", unit="shard"):
        file = out / f"grounding-{path.stem.rsplit('-', 1)[1]}-{latent_side:02d}.safetensors"
        if file.exists():
            continue
        scenes = [
            part_areas(tokenizer, *scene, latent_side=latent_side, max_tokens=max_tokens) for scene in read_parts(path)
        ]
        coverage, span = (torch.from_numpy(np.stack(arrays)) for arrays in zip(*scenes, strict=True))
        partial = file.with_suffix(".partial")
        save_file({"coverage": coverage, "span": span}, partial)
        partial.replace(file)


def part_areas(
    tokenizer: PreTrainedTokenizerBase,
    caption: str,
    labels_u8: np.ndarray | None,
    phrases: tuple[Phrase, ...],
    *,
    latent_side: int,
    max_tokens: int,
) -> tuple[np.ndarray, np.ndarray]:
    """Where the named parts of one scene are, and which tokens of its caption name them.

    labels_u8 (S, S): the part number of each pixel; None for a scene without parts. latent_side: Y = X. max_tokens: L.
    Returns: coverage (P, Y, X) uint8, 255 = the token lies wholly on the part; span (P, L) bool. A phrase behind the
    last token is left out, as is the (P + 1)th; unused rows are empty.
    """
    coverage = np.zeros((MAX_PARTS, latent_side, latent_side), np.uint8)
    span = np.zeros((MAX_PARTS, max_tokens), bool)
    if labels_u8 is None:
        return coverage, span
    tokens = tokenizer(caption.lower(), truncation=True, max_length=max_tokens, return_offsets_mapping=True)
    characters = np.array(tokens["offset_mapping"])
    starts, ends = characters[:, 0], characters[:, 1]
    row = 0
    for phrase in phrases:
        named = (ends > starts) & (starts < phrase.end) & (ends > phrase.start)
        if not named.any() or row == MAX_PARTS:
            continue
        area = np.isin(labels_u8, phrase.ids).astype(np.float32) * 255
        coverage[row] = cv2.resize(area, (latent_side, latent_side), interpolation=cv2.INTER_AREA).round()
        span[row, : len(named)] = named
        row += 1
    return coverage, span
