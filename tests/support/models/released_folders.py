"""Teacher and student folders of a SANA-Sprint shape at reduced width and depth,
as diffusers and transformers save them.

Kept from the 0.6B: head widths (32 and 72), qk-norm, dense time, 2304 caption channels, Gemma-2,
32-channel DC-AE at 1/32.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

import torch
from diffusers import AutoencoderDC, SanaTransformer2DModel, SCMScheduler
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from transformers import Gemma2Config, Gemma2Model, PreTrainedTokenizerFast

from sprint_live.pipeline.sana_sprint import SanaSprintControlNetPipeline

SHAPE = {
    "num_layers": 8,
    "num_attention_heads": 2,
    "attention_head_dim": 32,
    "num_cross_attention_heads": 1,
    "cross_attention_head_dim": 72,
    "cross_attention_dim": 64,
    "caption_channels": 2304,
    "mlp_ratio": 2.5,
    "sample_size": 4,
    "qk_norm": "rms_norm_across_heads",
}


def _autoencoder() -> AutoencoderDC:
    stages = 6
    return AutoencoderDC(
        latent_channels=32,
        attention_head_dim=8,
        encoder_block_types="ResBlock",
        decoder_block_types="ResBlock",
        encoder_block_out_channels=(32,) * stages,
        decoder_block_out_channels=(32,) * stages,
        encoder_layers_per_block=(1,) * stages,
        decoder_layers_per_block=(1,) * stages,
        encoder_qkv_multiscales=((),) * stages,
        decoder_qkv_multiscales=((),) * stages,
        downsample_block_type="conv",
        upsample_block_type="interpolate",
        scaling_factor=0.41407,
    )


def _text() -> tuple[PreTrainedTokenizerFast, Gemma2Model]:
    vocabulary = {word: index for index, word in enumerate(("<pad>", "<bos>", "<unk>", "a", "square", "of", "colour"))}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(single="<bos> $A", special_tokens=[("<bos>", 1)])
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, pad_token="<pad>", bos_token="<bos>", unk_token="<unk>")
    config = Gemma2Config(
        vocab_size=len(vocabulary),
        hidden_size=2304,
        intermediate_size=32,
        num_hidden_layers=1,
        num_attention_heads=1,
        num_key_value_heads=1,
        head_dim=8,
    )
    return fast, Gemma2Model(config)


def write_released_folders(root: Path) -> tuple[Path, Path]:
    """(teacher folder, student folder) below `root`, with seeded random weights."""
    torch.manual_seed(0)
    tokenizer, text_encoder = _text()
    student = SanaTransformer2DModel(**SHAPE, guidance_embeds=True, guidance_embeds_scale=0.1)
    teacher = SanaTransformer2DModel(**SHAPE, timestep_scale=0.001)
    common = {
        "tokenizer": tokenizer,
        "text_encoder": text_encoder,
        "vae": _autoencoder(),
        "controlnet": None,
        "scheduler": SCMScheduler(),
    }
    SanaSprintControlNetPipeline(transformer=student, **common).save_pretrained(root / "student")
    teacher.save_pretrained(root / "teacher/transformer")
    (root / "teacher/model_index.json").write_text(
        '{"_class_name": "SanaPipeline", "transformer": ["diffusers", "SanaTransformer2DModel"]}'
    )
    (root / "student/LICENSE.txt").write_text("the terms of the weights")
    return root / "teacher", root / "student"


def shrink(recipe, num_updates: int):
    """The recipe with 4x4 tokens, two samples an update and so many updates; nothing else changes."""

    def phase(old):
        return dataclasses.replace(
            old,
            latent_sides=(4,),
            loop=dataclasses.replace(old.loop, num_updates=num_updates, batch_size=2, sample_every=1_000_000),
        )

    return dataclasses.replace(
        recipe, teacher=tuple(map(phase, recipe.teacher)), student=tuple(map(phase, recipe.student))
    )
