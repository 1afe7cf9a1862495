"""The shape of the network a recipe trains, and the released weights it starts from, if any.

sprint-tiny starts from random weights; a released model starts from two diffusers folders, the flow teacher and the
Sprint student. Everything that trains takes its numbers from here, so that only configuration tells them apart.

Knows: transformer configs and model folders.  Must not know: losses, data, recipes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from diffusers import SanaTransformer2DModel

from sprint_live.errors import WeightsError, refusal
from sprint_live.pipeline.model_folder import load_component, read_index

_SPRINT_ONLY = ("guidance_embeds", "guidance_embeds_scale")
_MUST_AGREE = (
    "in_channels",
    "num_attention_heads",
    "attention_head_dim",
    "num_layers",
    "cross_attention_dim",
    "caption_channels",
)
FLOW_TICKS = 1000.0  # a flow teacher's folder counts time in ticks of 1/1000, times its timestep_scale


@dataclass(frozen=True, kw_only=True)
class Network:
    """What is built.

    transformer: config of SanaTransformer2DModel without the guidance embedding. feature_blocks: teacher blocks the
    discriminator reads. time_scale: what the teacher's time input is at s = 1 (1 for dense time, 1000 for ticks).
    teacher, student: diffusers model folders to start from; None means random weights, and a student that starts as
    its teacher.
    """

    transformer: Mapping[str, object]
    num_branch_blocks: int
    feature_blocks: tuple[int, ...]
    time_scale: float = 1.0
    teacher: Path | None = None
    student: Path | None = None

    @property
    def width(self) -> int:
        """Channels of a token."""
        return self.transformer["num_attention_heads"] * self.transformer["attention_head_dim"]

    @property
    def student_time_scale(self) -> float:
        """The same for the student: a released Sprint model reads s itself,
        a student made of its teacher what that read.
        """
        return self.time_scale if self.student is None else 1.0

    def build(self, *, guidance: bool) -> SanaTransformer2DModel:
        """Random weights from the global generator; `guidance` adds Sprint's guidance embedding."""
        if guidance:
            return SanaTransformer2DModel(**self.transformer, guidance_embeds=True, guidance_embeds_scale=0.1)
        return SanaTransformer2DModel(**self.transformer)


SPRINT_TINY = Network(
    transformer={
        "in_channels": 32,
        "out_channels": 32,
        "num_attention_heads": 8,
        "attention_head_dim": 32,
        "num_layers": 10,
        "num_cross_attention_heads": 8,
        "cross_attention_head_dim": 32,
        "cross_attention_dim": 256,
        "caption_channels": 384,
        "mlp_ratio": 2.5,
        "qk_norm": "rms_norm_across_heads",
        "sample_size": 16,
    },
    num_branch_blocks=3,
    feature_blocks=(2, 5, 8),
)


def released_network(teacher: Path, student: Path, *, num_branch_blocks: int, num_features: int) -> Network:
    """The network of two released folders, with `num_features` evenly spread feature blocks.

    Raises:
        WeightsError: a folder has no readable transformer, the teacher has a guidance embedding or the student none, or
            the two are of different shapes.
    """
    configs = {folder: transformer_config(folder) for folder in (teacher, student)}
    for folder, wanted in ((teacher, False), (student, True)):
        if bool(configs[folder].get("guidance_embeds", False)) != wanted:
            raise WeightsError(
                refusal(
                    got=f"{folder} with guidance_embeds={not wanted}",
                    accepted="a flow teacher without, a Sprint student with that embedding",
                    fix="check which folder is given as --teacher-model and which as --student-model",
                )
            )
    different = [name for name in _MUST_AGREE if configs[teacher].get(name) != configs[student].get(name)]
    if different:
        raise WeightsError(
            refusal(
                got=f"{teacher} and {student}, which differ in {', '.join(different)}",
                accepted="a teacher and a student of one shape",
                fix="use the twins of one model",
            )
        )
    config = {name: value for name, value in configs[teacher].items() if name not in _SPRINT_ONLY}
    blocks = int(config["num_layers"])
    return Network(
        transformer=config,
        num_branch_blocks=num_branch_blocks,
        time_scale=FLOW_TICKS * float(config.get("timestep_scale", 1.0)),
        feature_blocks=tuple(
            sorted({round((index + 1) * blocks / (num_features + 1)) for index in range(num_features)})
        ),
        teacher=teacher,
        student=student,
    )


def transformer_config(folder: Path) -> dict[str, object]:
    """The arguments in folder/transformer/config.json.

    Raises:
        WeightsError: the folder is no diffusers model folder, or it has no readable SanaTransformer2DModel config.
    """
    read_index(folder)
    try:
        config = SanaTransformer2DModel.load_config(folder / "transformer", local_files_only=True)
    except (OSError, ValueError) as error:
        raise WeightsError(
            f"{folder}/transformer has no readable config.json ({error}); fix: copy the model folder again"
        ) from error
    if config.get("_class_name") != "SanaTransformer2DModel":
        raise WeightsError(
            refusal(
                got=f"{folder}/transformer of class {config.get('_class_name')}",
                accepted="SanaTransformer2DModel",
                fix="use a SANA or SANA-Sprint folder",
            )
        )
    return {name: value for name, value in config.items() if not name.startswith("_")}


def released_transformer(folder: Path) -> SanaTransformer2DModel:
    """The transformer of a model folder in float32, ready to be trained.

    Raises:
        WeightsError: it is missing, damaged or of another class.
    """
    transformer = load_component(folder, "transformer", ["diffusers", "SanaTransformer2DModel"], torch.float32)
    assert isinstance(transformer, SanaTransformer2DModel)
    return transformer
