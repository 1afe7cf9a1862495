"""From prompts to the caption embeddings a SANA transformer reads.

Legend: B batch, L text tokens, D width.
"""

from __future__ import annotations

import inspect
from collections.abc import Sequence

import torch
from diffusers import SanaSprintPipeline
from torch import Tensor


def released_instruction() -> tuple[str, ...]:
    """The instruction the released models were trained to read before every prompt, as diffusers ships it."""
    return tuple(inspect.signature(SanaSprintPipeline.__call__).parameters["complex_human_instruction"].default)


class _Captions:
    """diffusers' own cleaning of captions (it needs beautifulsoup4 and ftfy, and says so without them)."""

    bad_punct_regex = SanaSprintPipeline.bad_punct_regex
    _clean_caption = SanaSprintPipeline._clean_caption
    read = SanaSprintPipeline._text_preprocessing


@torch.no_grad()
def encode_prompts(
    tokenizer: object,
    text_encoder: torch.nn.Module,
    prompts: Sequence[str],
    *,
    max_sequence_length: int,
    instruction: Sequence[str],
    clean_caption: bool = False,
    device: torch.device | None = None,
) -> tuple[Tensor, Tensor]:
    """Embeddings (B, L, D) and mask (B, L), 1 = a real token, with L = max_sequence_length.

    Prompts are lower-cased and stripped, with clean_caption also freed of links and marks. Token 0 and the last L - 1
    of (instruction + prompt) are kept, so that the instruction shapes the embeddings but does not fill them. device:
    where the encoder computes, None for where its weights are.

    Source: SANA arXiv 2410.10629 section 2.3; diffusers SanaSprintPipeline.encode_prompt.
    """
    texts = _Captions().read(list(prompts), clean_caption=clean_caption)
    num_tokens = max_sequence_length
    if instruction:
        preamble = "\n".join(instruction)
        texts = [preamble + text for text in texts]
        num_tokens += len(tokenizer.encode(preamble)) - 2
    tokenizer.padding_side = "right"
    tokens = tokenizer(texts, padding="max_length", max_length=num_tokens, truncation=True, return_tensors="pt")
    device = torch.device(text_encoder.device) if device is None else device
    mask_BL = tokens.attention_mask.to(device)
    text_BLD = text_encoder(tokens.input_ids.to(device), attention_mask=mask_BL)[0]
    kept = [0, *range(num_tokens - max_sequence_length + 1, num_tokens)]
    return text_BLD[:, kept], mask_BL[:, kept].to(text_BLD.device)  # an offloaded encoder answers from elsewhere
