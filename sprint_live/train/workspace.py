"""Where a recipe finds its sources and keeps its results, and the frozen parts it works with.

    WORK/data  WORK/autoencoder  WORK/latents  WORK/preview  WORK/teacher-0  WORK/teacher-1  WORK/student-0  WORK/model

Knows: folders, and how parts are read from them.  Must not know: losses, loops.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from pathlib import Path

import torch
from diffusers import AutoencoderDC
from safetensors.torch import load_file, save_file
from transformers import AutoTokenizer

from sprint_live.errors import ArgumentError, refusal
from sprint_live.models.text import SprintTinyTextEncoder
from sprint_live.pipeline.model_folder import load_component, read_index
from sprint_live.pipeline.prompt_encoding import released_instruction
from sprint_live.train.loop.options import LoopOptions, autocast_dtype
from sprint_live.train.networks import autoencoder
from sprint_live.train.networks.latents import CaptionEncoder
from sprint_live.train.networks.network import Network, released_network
from sprint_live.train.networks.sample_sheets import Sheet, read_prompts
from sprint_live.train.recipe import Recipe


@dataclasses.dataclass(frozen=True, kw_only=True)
class Workplace:
    """node_modules: the npm packages of the data stage. text_encoder: a folder with all-MiniLM-L6-v2. drawings:
    sketches with prompts.json, for sample sheets only. data: a dataset folder of somebody's own, instead of WORK/data.
    teacher_model, student_model: the folders of a released recipe. start_model: a sprint-tiny folder whose student the
    teacher starts from, instead of random weights. max_minutes: ends this call early.
    """

    work: Path
    node_modules: Path
    text_encoder: Path
    drawings: Path
    max_minutes: float
    device: torch.device
    num_processes: int = 1
    data: Path | None = None
    teacher_model: Path | None = None
    student_model: Path | None = None
    start_model: Path | None = None

    @property
    def data_folder(self) -> Path:
        """Where the shards are."""
        return self.data or self.work / "data"

    @property
    def latents(self) -> Path:
        """Where encoded shards are."""
        return self.work / "latents"

    def share(self, loop: LoopOptions) -> LoopOptions:
        """One process's part of a loop: a recipe's batch is divided, so its result does not hang on the number of GPUs.

        Raises:
            ArgumentError: the batch cannot be divided evenly.
        """
        if loop.batch_size % self.num_processes:
            raise ArgumentError(
                refusal(
                    got=f"{self.num_processes} processes for a batch of {loop.batch_size}",
                    accepted="a divisor of the batch",
                    fix="start another number of processes",
                )
            )
        return dataclasses.replace(loop, max_minutes=self.max_minutes, batch_size=loop.batch_size // self.num_processes)

    def folder(self, stage: str, recipe: Recipe) -> Path:
        """Where a stage's result lies, and its acceptance.json: for stages of several phases, the last one's."""
        if stage in ("teacher", "student"):
            return self.phase(stage, len(getattr(recipe, stage)) - 1)
        return {
            "data": self.data_folder,
            "autoencoder": self.work / "autoencoder",
            "encode": self.latents,
            "preview": self.work / "preview",
            "export": self.work / "model",
        }[stage]

    def phase(self, stage: str, index: int) -> Path:
        """The run folder of one phase."""
        return self.work / f"{stage}-{index}"


def network_of(recipe: Recipe, place: Workplace) -> Network:
    """The recipe's own network, or that of the released folders.

    Raises:
        ArgumentError: a released recipe without its folders.
        WeightsError: they do not fit each other.
    """
    if recipe.released is None:
        return recipe.network
    if place.teacher_model is None or place.student_model is None:
        raise ArgumentError(
            refusal(
                got=f"recipe {recipe.name} without its model folders",
                accepted=f"--teacher-model with a folder of {recipe.released.teacher_repo}, --student-model with one "
                f"of {recipe.released.student_repo}",
                fix="download both, or run with --dry-run to see what is missing",
            )
        )
    return released_network(
        place.teacher_model,
        place.student_model,
        num_branch_blocks=recipe.released.num_branch_blocks,
        num_features=recipe.released.num_features,
    )


def load_autoencoder(recipe: Recipe, place: Workplace) -> AutoencoderDC:
    """The autoencoder in float32, with the factor that makes its latents unit: trained here, or the released model's.

    Raises: ArgumentError if it is trained here and the encode stage has not been run.
    """
    if recipe.released is None:
        return autoencoder.load_trained(place.work / "autoencoder", scaling_factor(place))
    network_of(recipe, place)
    index = read_index(place.student_model)
    return load_component(place.student_model, "vae", index.get("vae"), torch.float32)


def scaling_factor(place: Workplace) -> float:
    """What the encode stage measured.

    Raises:
        ArgumentError: it has not been run.
    """
    file = place.latents / "scaling.json"
    if not file.exists():
        raise ArgumentError(f"{file} is missing; run the encode stage first")
    return json.loads(file.read_text("utf-8"))["scaling_factor"]


def load_caption_encoder(recipe: Recipe, place: Workplace) -> CaptionEncoder:
    """sprint-tiny's text encoder from WORK/model, or the released model's, on the device."""
    if recipe.released is None:
        folder = place.work / "model"
        return CaptionEncoder(
            tokenizer=AutoTokenizer.from_pretrained(folder / "tokenizer"),
            text_encoder=SprintTinyTextEncoder.from_pretrained(folder / "text_encoder").eval(),
        )
    network_of(recipe, place)
    folder = place.student_model
    index = read_index(folder)
    encoder = load_component(folder, "text_encoder", index.get("text_encoder"), autocast_dtype(place.device, "auto"))
    return CaptionEncoder(
        tokenizer=load_component(folder, "tokenizer", index.get("tokenizer"), None),
        text_encoder=encoder.to(place.device),
        max_tokens=recipe.released.text_tokens,
        instruction=released_instruction(),
    )


def drawings_text(recipe: Recipe, place: Workplace) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The text of the N drawings' prompts, (N, L, D), its mask (N, L), and the text of the empty caption (K, D).

    It is encoded once and kept in WORK/latents, by a hash of the prompts.
    """
    prompts = [entry["prompt"] for entry in read_prompts(place.drawings)]
    file = place.latents / f"prompts-{hashlib.sha256(json.dumps(prompts).encode()).hexdigest()[:12]}.safetensors"
    if not file.exists():
        encoder = load_caption_encoder(recipe, place)
        text, mask = encoder.encode(prompts)
        null, null_mask = dataclasses.replace(encoder, instruction=()).encode([""])
        save_file(
            {
                "text": text.contiguous(),
                "mask": mask.contiguous(),
                "null": null[0, : int(null_mask.sum())].contiguous(),
            },
            file,
        )
    kept = load_file(file)
    return kept["text"], kept["mask"], kept["null"]


def make_sheet(recipe: Recipe, place: Workplace, latent_side: int) -> Sheet:
    """The drawings that nothing is trained on, ready to be drawn at `latent_side` latent positions a side.

    Raises: ArgumentError if the encode stage has not been run.
    """
    return Sheet(place.drawings, load_autoencoder(recipe, place), *drawings_text(recipe, place), latent_side)
