"""A small random model in the layout of the released SANA-Sprint ones:
the same classes, written by diffusers' own pipeline.
"""

from __future__ import annotations

from pathlib import Path

import torch
from diffusers import AutoencoderDC, SanaSprintPipeline, SCMScheduler
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import Gemma2Config, Gemma2Model, GemmaTokenizerFast

from sprint_live.models.released import AUTOENCODER
from sprint_live.pipeline.prompt_encoding import released_instruction
from support.small_model import make_tiny_transformer

WIDTH = 24
WORDS = ("a", "red", "cat", "two", "dogs", "in", "the", "snow")


def make_gemma() -> tuple[GemmaTokenizerFast, Gemma2Model]:
    """A random Gemma2Model of width 24 and a word-level Gemma tokenizer that knows the released instruction."""
    pre_tokenizer = pre_tokenizers.Whitespace()
    text = "\n".join(released_instruction()).lower() + " " + "\n".join(released_instruction())
    words = {word for word, _ in pre_tokenizer.pre_tokenize_str(text)} | set(WORDS)
    vocabulary = {word: index for index, word in enumerate(["<pad>", "<eos>", "<bos>", "<unk>", *sorted(words)])}
    backend = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    backend.pre_tokenizer = pre_tokenizer
    backend.normalizer = normalizers.NFC()
    backend.post_processor = processors.TemplateProcessing(single="<bos> $A", special_tokens=[("<bos>", 2)])
    tokenizer = GemmaTokenizerFast(
        tokenizer_object=backend, pad_token="<pad>", bos_token="<bos>", eos_token="<eos>", unk_token="<unk>"
    )
    config = Gemma2Config(
        vocab_size=len(vocabulary),
        hidden_size=WIDTH,
        intermediate_size=48,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=1,
        head_dim=12,
        query_pre_attn_scalar=12,
        sliding_window=64,
        max_position_embeddings=1024,
        pad_token_id=0,
        eos_token_id=1,
        bos_token_id=2,
    )
    with torch.random.fork_rng():
        torch.manual_seed(4)
        return tokenizer, Gemma2Model(config).eval()


def make_autoencoder() -> AutoencoderDC:
    """A random AutoencoderDC with the six stages of the released one, narrow: 32 latent channels at 1/32."""
    narrow = (8, 8, 16, 16, 32, 32)
    changes = {
        "encoder_block_out_channels": narrow,
        "decoder_block_out_channels": narrow,
        "encoder_layers_per_block": (1,) * 6,
        "decoder_layers_per_block": (1,) * 6,
        "attention_head_dim": 8,
    }
    with torch.random.fork_rng():
        torch.manual_seed(5)
        return AutoencoderDC(**{**AUTOENCODER, **changes}).eval()


def make_released_pipeline() -> SanaSprintPipeline:
    """A random SanaSprintPipeline for pictures of 128x128."""
    tokenizer, text_encoder = make_gemma()
    transformer = make_tiny_transformer(sample_size=4, caption_channels=WIDTH)
    return SanaSprintPipeline(tokenizer, text_encoder, make_autoencoder(), transformer, SCMScheduler())


def write_released_model(folder: Path) -> Path:
    """Save one as `SanaSprintPipeline.save_pretrained` does, the text encoder in shards, with a license text;
    returns the folder.
    """
    pipeline = make_released_pipeline()
    pipeline.save_pretrained(folder, safe_serialization=True)
    (folder / "text_encoder" / "model.safetensors").unlink()
    pipeline.text_encoder.save_pretrained(folder / "text_encoder", max_shard_size="30KB")
    (folder / "LICENSE.txt").write_text("A license.\n")
    return folder
