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


@torch.no_grad()
def encode_prompts(
    tokenizer: object,
    text_encoder: torch.nn.Module,
    prompts: Sequence[str],
    *,
    max_sequence_length: int,
    instruction: Sequence[str],
) -> tuple[Tensor, Tensor]:
    """Embeddings (B, L, D) and mask (B, L), 1 = a real token, with L = max_sequence_length.

    Prompts are lower-cased and stripped. Token 0 and the last L - 1 of (instruction + prompt) are kept, so that the
    instruction shapes the embeddings but does not fill them.

    Source: SANA arXiv 2410.10629 section 2.3; diffusers SanaSprintPipeline.encode_prompt.
    """
    texts = [prompt.lower().strip() for prompt in prompts]
    num_tokens = max_sequence_length
    if instruction:
        preamble = "\n".join(instruction)
        texts = [preamble + text for text in texts]
        num_tokens += len(tokenizer.encode(preamble)) - 2
    tokenizer.padding_side = "right"
    tokens = tokenizer(texts, padding="max_length", max_length=num_tokens, truncation=True, return_tensors="pt")
    mask_BL = tokens.attention_mask.to(text_encoder.device)
    text_BLD = text_encoder(tokens.input_ids.to(text_encoder.device), attention_mask=mask_BL)[0]
    kept = [0, *range(num_tokens - max_sequence_length + 1, num_tokens)]
    return text_BLD[:, kept], mask_BL[:, kept].to(text_BLD.device)  # an offloaded encoder answers from elsewhere
