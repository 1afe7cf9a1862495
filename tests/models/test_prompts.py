"""Prompts are encoded as diffusers' SanaSprintPipeline encodes them:
the same tokens, the same 300 of them, the same floats.
"""

from __future__ import annotations

import inspect

import pytest
import torch
from diffusers import SanaSprintPipeline

from sprint_live.pipeline.prompt_encoding import encode_prompts, released_instruction
from support.models.released_model import make_gemma

PROMPTS = ["A red cat ", "two dogs in the snow, " * 40, ""]


@pytest.fixture(scope="module")
def gemma():
    return make_gemma()


@pytest.fixture(scope="module")
def theirs(gemma) -> SanaSprintPipeline:
    tokenizer, text_encoder = gemma
    pipeline = SanaSprintPipeline.__new__(SanaSprintPipeline)
    pipeline.tokenizer, pipeline.text_encoder = tokenizer, text_encoder
    return pipeline


@pytest.mark.parametrize("length", [300, 20])
@pytest.mark.parametrize("instructed", [True, False])
@pytest.mark.parametrize("prompt", [PROMPTS[:1], PROMPTS], ids=["one", "batch"])
def test_encoding_is_that_of_diffusers(gemma, theirs, prompt, instructed: bool, length: int) -> None:
    instruction = released_instruction() if instructed else ()
    ours_BLD, ours_BL = encode_prompts(*gemma, prompt, max_sequence_length=length, instruction=instruction)
    with torch.no_grad():
        theirs_BLD, theirs_BL = theirs.encode_prompt(
            prompt,
            device=torch.device("cpu"),
            max_sequence_length=length,
            complex_human_instruction=list(instruction) or None,
        )
    assert ours_BLD.shape == (len(prompt), length, 24) and ours_BLD.dtype == torch.float32
    assert torch.equal(ours_BLD, theirs_BLD) and torch.equal(ours_BL, theirs_BL)


def test_the_instruction_is_the_installed_one() -> None:
    default = inspect.signature(SanaSprintPipeline.__call__).parameters["complex_human_instruction"].default
    assert list(released_instruction()) == default and default[-1].strip().endswith("User Prompt:")


def test_token_0_and_the_last_299_are_kept(gemma) -> None:
    tokenizer, text_encoder = gemma
    seen = {}
    original = text_encoder.forward

    def watched(input_ids, attention_mask):
        seen.update(ids=input_ids, embedded=original(input_ids=input_ids, attention_mask=attention_mask)[0])
        return (seen["embedded"],)

    text_encoder.forward = watched
    try:
        text_BLD, mask_BL = encode_prompts(
            tokenizer, text_encoder, ["a red cat"], max_sequence_length=300, instruction=released_instruction()
        )
    finally:
        text_encoder.forward = original
    total = seen["ids"].shape[1]
    assert total > 300 and seen["ids"][0, 0] == tokenizer.bos_token_id
    assert torch.equal(text_BLD[:, 0], seen["embedded"][:, 0]) and torch.equal(
        text_BLD[:, 1:], seen["embedded"][:, total - 299 :]
    )
    words = seen["ids"][0, total - 299 :][mask_BL[0, 1:].bool()].tolist()
    assert tokenizer.convert_ids_to_tokens(words)[-3:] == ["a", "red", "cat"]
