"""The last stage: put the trained parts into the usual folder layout, in half precision, with their sha256.

Knows: run folders, the pipeline's parts.  Must not know: losses, the app.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import torch
from diffusers import SCMScheduler
from transformers import AutoTokenizer, BertModel

from sprint_live.errors import ArgumentError, WeightsError
from sprint_live.models.sums import record_weights
from sprint_live.models.text import SprintTinyTextEncoder
from sprint_live.pipeline.sana_sprint import SanaSprintControlNetPipeline
from sprint_live.train.networks.autoencoder import load_trained
from sprint_live.train.networks.network import Network
from sprint_live.train.networks.signed_time import load_student
from sprint_live.train.networks.word_binding import BindingOptions, Told, bind_words

MAX_TOKENS = 64


def save_text_encoder(source: Path, out: Path, binding: BindingOptions | None, captions: Sequence[Told]) -> None:
    """all-MiniLM-L6-v2 (a local folder in its own format) -> out/text_encoder (int8) and out/tokenizer.

    binding: of its first layers, on `captions`; None keeps all layers as they are.
    """
    bert = BertModel.from_pretrained(source, add_pooling_layer=False).eval()
    tokenizer = AutoTokenizer.from_pretrained(source)
    if binding is not None:
        bert = bind_words(bert, tokenizer, captions, binding)
    SprintTinyTextEncoder.from_bert(bert).save_pretrained(out / "text_encoder")
    tokenizer.save_pretrained(out / "tokenizer")


def keep_text_encoder(folder: Path, out: Path) -> None:
    """The text encoder and tokenizer of a model folder: its transformer has learned to read them.

    Raises:
        WeightsError: the folder has none.
    """
    for part in ("text_encoder", "tokenizer"):
        if not (folder / part).is_dir():
            raise WeightsError(f"{folder} has no {part}/; fix: give a folder like assets/sprint-tiny")
        shutil.copytree(folder / part, out / part, dirs_exist_ok=True)


def export_tiny(student_run: Path, vae_run: Path, scaling_factor: float, out: Path, network: Network) -> None:
    """Write transformer/, controlnet/, vae/, scheduler/, model_index.json and SHA256SUMS into `out`.

    text_encoder/ and tokenizer/ must be there already (`save_text_encoder`).

    Raises:
        ArgumentError: they are not.
    """
    if not (out / "text_encoder").is_dir():
        raise ArgumentError(f"{out} has no text_encoder/; run the encode stage first")
    student = load_student(network, student_run)
    pipeline = SanaSprintControlNetPipeline(
        tokenizer=AutoTokenizer.from_pretrained(out / "tokenizer"),
        text_encoder=SprintTinyTextEncoder.from_pretrained(out / "text_encoder"),
        vae=load_trained(vae_run, scaling_factor).half(),
        transformer=student.transformer.half(),
        controlnet=student.branch.half(),
        scheduler=SCMScheduler(),
        max_sequence_length=MAX_TOKENS,
        use_instruction=False,
    )
    pipeline.save_pretrained(out)
    record_weights(out)


def export_released(student_run: Path, base: Path, out: Path, network: Network) -> None:
    """Write a whole pipeline folder into `out`: student and branch in bfloat16, everything else as it is in the model
    folder `base`. The licenses of that model go with its weights: they are copied, if the folder has them.

    Raises:
        WeightsError: a part of `base` is missing or unreadable.
    """
    student = load_student(network, student_run)
    pipeline = SanaSprintControlNetPipeline.from_pretrained(
        base,
        torch_dtype=torch.bfloat16,
        transformer=student.transformer.bfloat16(),
        controlnet=student.branch.bfloat16(),
    )
    pipeline.save_pretrained(out)
    for license in sorted(base.glob("LICENSE*")):
        shutil.copy(license, out)
    record_weights(out)


def megabytes(folder: Path) -> dict[str, float]:
    """Of weights, by part of a model folder."""
    return {
        part: sum(file.stat().st_size for file in (folder / part).glob("*.safetensors")) / 1e6
        for part in ("transformer", "controlnet", "vae", "text_encoder")
    }
