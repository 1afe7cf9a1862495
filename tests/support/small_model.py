"""Builders of a random small model of the same classes as the real one."""

from __future__ import annotations

TINY_TRANSFORMER = {
    "in_channels": 32,
    "out_channels": 32,
    "num_attention_heads": 4,
    "attention_head_dim": 8,
    "num_layers": 5,
    "num_cross_attention_heads": 2,
    "cross_attention_head_dim": 16,
    "cross_attention_dim": 32,
    "caption_channels": 24,
    "mlp_ratio": 2.0,
    "sample_size": 16,
    "patch_size": 1,
    "qk_norm": "rms_norm_across_heads",
    "guidance_embeds": True,
    "guidance_embeds_scale": 0.1,
    "timestep_scale": 1.0,
}


def make_tiny_transformer(**changes):
    """A seeded random SanaTransformer2DModel of width 32; `changes` override its config."""
    import torch
    from diffusers import SanaTransformer2DModel

    with torch.random.fork_rng():
        torch.manual_seed(0)
        return SanaTransformer2DModel(**{**TINY_TRANSFORMER, **changes}).eval()


def make_tiny_branch(transformer, num_layers: int = 3):
    """A branch of the transformer whose zero projections are re-randomised, so that control matters."""
    import torch

    from controlnet.branch import SanaSprintControlNet

    branch = SanaSprintControlNet.from_transformer(transformer, num_layers=num_layers).eval()
    generator = torch.Generator().manual_seed(1)
    for projection in (branch.before_proj, *branch.after_proj):
        projection.weight.data.copy_(torch.randn(projection.weight.shape, generator=generator) * 0.2)
        projection.bias.data.copy_(torch.randn(projection.bias.shape, generator=generator) * 0.2)
    return branch


def make_tiny_autoencoder():
    """A seeded random SprintTinyAutoencoder (ratio 64, 32 latent channels)."""
    import torch

    from sprint_live.models.autoencoder import SprintTinyAutoencoder

    with torch.random.fork_rng():
        torch.manual_seed(2)
        return SprintTinyAutoencoder(
            encoder_block_out_channels=(8, 16, 32, 32),
            decoder_block_out_channels=(16, 16, 32, 32),
            encoder_layers_per_block=(1, 1, 1, 1),
            decoder_layers_per_block=(1, 1, 1, 1),
            scaling_factor=0.5,
        ).eval()


def make_tiny_text():
    """A seeded random text encoder of width 24 and a WordPiece tokenizer that knows letters and a few words."""
    import torch
    from transformers import BertConfig, BertModel, BertTokenizerFast

    from sprint_live.models.text import SprintTinyTextEncoder

    letters = [chr(code) for code in range(ord("a"), ord("z") + 1)]
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "cat", "dog", "red", "house", *letters]
    vocabulary += ["##" + letter for letter in letters]
    with torch.random.fork_rng():
        torch.manual_seed(3)
        bert = BertModel(
            BertConfig(
                vocab_size=len(vocabulary),
                hidden_size=24,
                num_hidden_layers=1,
                num_attention_heads=2,
                intermediate_size=32,
                max_position_embeddings=64,
            ),
            add_pooling_layer=False,
        )
    tokenizer = BertTokenizerFast(vocab={word: index for index, word in enumerate(vocabulary)})
    return tokenizer, SprintTinyTextEncoder.from_bert(bert)


def make_tiny_pipeline(**changes):
    """A random SanaSprintControlNetPipeline of width 32; `changes` replace components."""
    from diffusers import SCMScheduler

    from sprint_live.pipeline.sana_sprint import SanaSprintControlNetPipeline

    transformer = make_tiny_transformer()
    tokenizer, text_encoder = make_tiny_text()
    components = {
        "tokenizer": tokenizer,
        "text_encoder": text_encoder,
        "vae": make_tiny_autoencoder(),
        "transformer": transformer,
        "controlnet": make_tiny_branch(transformer),
        "scheduler": SCMScheduler(),
        "max_sequence_length": 12,
        "use_instruction": False,
    }
    pipeline = SanaSprintControlNetPipeline(**{**components, **changes})
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def write_checksums(folder) -> None:
    """SHA256SUMS of every file in a model folder, in the format of sha256sum."""
    import hashlib

    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}" for path in files
    ]
    (folder / "SHA256SUMS").write_text("\n".join(lines) + "\n", encoding="utf-8")


def make_tiny_bert_folder(folder):
    """A float BERT and its tokenizer as transformers saves them: what the encode stage reads. Returns the folder."""
    tokenizer, encoder = make_tiny_text()
    from transformers import BertModel

    BertModel(encoder.config, add_pooling_layer=False).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def make_tiny_released_autoencoder():
    """A seeded random AutoencoderDC of the released DC-AE's configuration (f32c32), 1/16 as wide,
    its norms re-randomised.
    """
    import torch
    from diffusers import AutoencoderDC
    from diffusers.models.normalization import RMSNorm

    with torch.random.fork_rng():
        torch.manual_seed(4)
        vae = AutoencoderDC(
            latent_channels=32,
            attention_head_dim=8,
            encoder_block_types=("ResBlock",) * 3 + ("EfficientViTBlock",) * 3,
            decoder_block_types=("ResBlock",) * 3 + ("EfficientViTBlock",) * 3,
            encoder_block_out_channels=(8, 16, 32, 32, 64, 64),
            decoder_block_out_channels=(8, 16, 32, 32, 64, 64),
            encoder_layers_per_block=(2, 2, 2, 1, 1, 1),
            decoder_layers_per_block=(1, 1, 1, 1, 1, 1),
            encoder_qkv_multiscales=((), (), (), (5,), (5,), (5,)),
            decoder_qkv_multiscales=((), (), (), (5,), (5,), (5,)),
            upsample_block_type="interpolate",
            downsample_block_type="Conv",
            scaling_factor=0.41407,
        ).eval()
        for module in vae.modules():
            if isinstance(module, RMSNorm):
                torch.nn.init.normal_(module.weight)
                torch.nn.init.normal_(module.bias, std=0.1)
    return vae
