"""Stage 4: put the trained parts into the usual folder layout, in float16, with their sha256.

Knows: run folders, the pipeline's parts.  Must not know: losses, the app.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from diffusers import SCMScheduler
from transformers import AutoTokenizer, BertModel

from sprint_live.errors import ArgumentError
from sprint_live.models.text import SprintTinyTextEncoder
from sprint_live.pipeline import SanaSprintControlNetPipeline
from sprint_live.train.autoencoder import load_trained
from sprint_live.train.checkpoint import load_averaged
from sprint_live.train.network import Network
from sprint_live.train.student import StudentAndBranch

MAX_MODEL_MB, MAX_TEXT_MB = 64, 25
MAX_TOKENS = 64


def save_text_encoder(source: Path, out: Path) -> None:
    """all-MiniLM-L6-v2 (a local folder in its own format) -> out/text_encoder (int8) and out/tokenizer."""
    bert = BertModel.from_pretrained(source, add_pooling_layer=False).eval()
    SprintTinyTextEncoder.from_bert(bert).save_pretrained(out / "text_encoder")
    AutoTokenizer.from_pretrained(source).save_pretrained(out / "tokenizer")


def export(student_run: Path, vae_run: Path, scaling_factor: float, out: Path, network: Network) -> None:
    """Write transformer/, controlnet/, vae/, scheduler/, model_index.json and SHA256SUMS into `out`.

    text_encoder/ and tokenizer/ must be there already (`save_text_encoder`).

    Raises:
        ArgumentError: they are not, or a size budget is exceeded.
    """
    if not (out / "text_encoder").is_dir():
        raise ArgumentError(f"{out} has no text_encoder/; run the encode stage first")
    student = StudentAndBranch(network)
    load_averaged(student, student_run, "student")
    pipeline = SanaSprintControlNetPipeline(
        tokenizer=AutoTokenizer.from_pretrained(out / "tokenizer"), text_encoder=SprintTinyTextEncoder.from_pretrained(out / "text_encoder"),
        vae=load_trained(vae_run, scaling_factor).half(), transformer=student.transformer.half(), controlnet=student.branch.half(),
        scheduler=SCMScheduler(), max_sequence_length=MAX_TOKENS, use_instruction=False)
    pipeline.save_pretrained(out)
    write_sums(out)
    check_budget(out)


def write_sums(folder: Path) -> None:
    """SHA256SUMS over every file of a model folder but itself and the model card."""
    lines = []
    for file in sorted(path for path in folder.rglob("*") if path.suffix in (".json", ".safetensors", ".txt")):
        lines.append(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(folder).as_posix()}\n")
    (folder / "SHA256SUMS").write_text("".join(lines))


def check_budget(folder: Path) -> dict[str, float]:
    """Megabytes of weights by part.

    Raises:
        ArgumentError: transformer + branch + autoencoder above 64 MB, or the text encoder above 25 MB.
    """
    sizes = {part: sum(file.stat().st_size for file in (folder / part).glob("*.safetensors")) / 1e6 for part in ("transformer", "controlnet", "vae", "text_encoder")}
    model = sizes["transformer"] + sizes["controlnet"] + sizes["vae"]
    if model > MAX_MODEL_MB or sizes["text_encoder"] > MAX_TEXT_MB:
        raise ArgumentError(f"got {json.dumps(sizes)} MB; the budget is {MAX_MODEL_MB} MB for transformer + controlnet + vae and {MAX_TEXT_MB} MB for the text encoder")
    return sizes
