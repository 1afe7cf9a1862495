"""What the released SANA-Sprint models have in common: configurations, licenses, picture shapes.

Taken from NVlabs/Sana and from diffusers' conversion of its checkpoints; the weights could not be downloaded where this
was written.

Knows: published facts.  Must not know: weights, torch, the app.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sprint_live.models.licenses import Terms
from sprint_live.models.memory import Part

# diffusers' ASPECT_RATIO_1024_BIN: (height, width) in pixels, widest first; about one megapixel each
SHAPES = (
    *(
        (512, 2048),
        (512, 1856),
        (576, 1792),
        (576, 1728),
        (576, 1664),
        (640, 1600),
        (640, 1536),
        (704, 1472),
        (704, 1408),
    ),
    *(
        (704, 1344),
        (768, 1344),
        (768, 1280),
        (832, 1216),
        (832, 1152),
        (896, 1152),
        (896, 1088),
        (960, 1088),
        (960, 1024),
    ),
    *(
        (1024, 1024),
        (1024, 960),
        (1088, 960),
        (1088, 896),
        (1152, 896),
        (1152, 832),
        (1216, 832),
        (1280, 768),
        (1344, 768),
    ),
    *((1408, 704), (1472, 704), (1536, 640), (1600, 640), (1728, 576), (2048, 512)),
)

SCHEDULER = MappingProxyType({"num_train_timesteps": 1000, "prediction_type": "trigflow", "sigma_data": 0.5})
# Gemma-2-2B-it without its head (Gemma2Model), bfloat16
TEXT_ENCODER = MappingProxyType(
    {
        "vocab_size": 256000,
        "hidden_size": 2304,
        "intermediate_size": 9216,
        "num_hidden_layers": 26,
        "num_attention_heads": 8,
        "num_key_value_heads": 4,
        "head_dim": 256,
        "query_pre_attn_scalar": 256,
        "sliding_window": 4096,
        "max_position_embeddings": 8192,
        "attn_logit_softcapping": 50.0,
        "final_logit_softcapping": 30.0,
    }
)
# DC-AE f32c32-sana-1.1 (AutoencoderDC)
AUTOENCODER = MappingProxyType(
    {
        "in_channels": 3,
        "latent_channels": 32,
        "attention_head_dim": 32,
        "encoder_block_types": (
            "ResBlock",
            "ResBlock",
            "ResBlock",
            "EfficientViTBlock",
            "EfficientViTBlock",
            "EfficientViTBlock",
        ),
        "decoder_block_types": (
            "ResBlock",
            "ResBlock",
            "ResBlock",
            "EfficientViTBlock",
            "EfficientViTBlock",
            "EfficientViTBlock",
        ),
        "encoder_block_out_channels": (128, 256, 512, 512, 1024, 1024),
        "decoder_block_out_channels": (128, 256, 512, 512, 1024, 1024),
        "encoder_layers_per_block": (2, 2, 2, 3, 3, 3),
        "decoder_layers_per_block": (3, 3, 3, 3, 3, 3),
        "encoder_qkv_multiscales": ((), (), (), (5,), (5,), (5,)),
        "decoder_qkv_multiscales": ((), (), (), (5,), (5,), (5,)),
        "downsample_block_type": "conv",
        "upsample_block_type": "interpolate",
        "decoder_norm_types": "rms_norm",
        "decoder_act_fns": "silu",
        "scaling_factor": 0.41407,
    }
)
# counted at 1024x1024 and 512 text tokens (instruction and prompt) by tests/models/test_memory.py; the autoencoder as
# the engine runs it on a GPU: rewritten, or plain on tiles
TEXT_ENCODER_PART = Part(parameters=2_614_341_888, linear_parameters=2_024_275_968, working_mib=93.5)
ENCODER_PART = Part(
    parameters=153_027_104,
    copied_parameters=30_674_304,
    working_mib=1024.0,
    working_float32_mib=2048.0,
    working_tiled_mib=454.1,
    working_tiled_float32_mib=653.1,
)
DECODER_PART = Part(
    parameters=159_223_171,
    copied_parameters=50_859_392,
    working_mib=898.1,
    working_float32_mib=1792.1,
    working_tiled_mib=421.4,
    working_tiled_float32_mib=587.9,
)


def transformer_config(
    *,
    num_layers: int,
    num_attention_heads: int,
    num_cross_attention_heads: int,
    cross_attention_head_dim: int,
) -> dict[str, object]:
    """The published SanaTransformer2DModel configuration of a Sprint model; width = 32 x num_attention_heads."""
    return {
        "in_channels": 32,
        "out_channels": 32,
        "num_attention_heads": num_attention_heads,
        "attention_head_dim": 32,
        "num_layers": num_layers,
        "num_cross_attention_heads": num_cross_attention_heads,
        "cross_attention_head_dim": cross_attention_head_dim,
        "cross_attention_dim": 32 * num_attention_heads,
        "caption_channels": 2304,
        "mlp_ratio": 2.5,
        "attention_bias": False,
        "sample_size": 32,
        "patch_size": 1,
        "norm_elementwise_affine": False,
        "norm_eps": 1e-6,
        "interpolation_scale": None,
        "qk_norm": "rms_norm_across_heads",
        "guidance_embeds": True,
        "guidance_embeds_scale": 0.1,
        "timestep_scale": 1.0,
    }


def configurations(transformer: Mapping[str, object]) -> dict[str, Mapping[str, object]]:
    """Configuration by component, as model_index.json names them."""
    return {"transformer": transformer, "vae": AUTOENCODER, "text_encoder": TEXT_ENCODER, "scheduler": SCHEDULER}


def terms(repo_id: str) -> tuple[Terms, ...]:
    """The licenses of a released Sprint model, in our words; only the texts at the addresses are binding."""
    return (
        Terms(
            name="NVIDIA license NSCL v2-custom (the SANA-Sprint weights)",
            url=f"https://huggingface.co/{repo_id}/blob/main/LICENSE.txt",
            meaning="The weights are there for research; read the text before you use them or their pictures for "
            "anything else.",
        ),
        Terms(
            name="Gemma Terms of Use (the text encoder, Gemma-2-2B-it)",
            url="https://ai.google.dev/gemma/terms",
            meaning="Whoever passes the model on, or a model made from it, passes on these terms with it.",
        ),
        Terms(
            name="Gemma Prohibited Use Policy",
            url="https://ai.google.dev/gemma/prohibited_use_policy",
            meaning="It lists what Gemma must not be used for, such as harming or deceiving people and breaking the "
            "law.",
        ),
    )
