"""What the chunks of a run share: the device, and the engine of each model, made once.

Knows: the engine, models.  Must not know: what is measured, files of the run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import torch

from sprint_live.bench.random_weights import random_pipeline, random_preview, with_more_sizes
from sprint_live.engine.autoencoder.preview import PreviewDecoder, read_preview
from sprint_live.engine.engine import Engine
from sprint_live.models.zoo import ZooModel
from sprint_live.pipeline.sana_sprint import SanaSprintControlNetPipeline


@dataclass(kw_only=True)
class Bench:
    """What the chunks share. models: entries by label. released:
    loads the released weights of a label, where its files are here.

    runs, warm_up: drawings of each way. side: in pixels; None is the model's own. tiny: a folder with a converted tiny
    autoencoder; None makes one at random. results: of the chunks that are done. The last model's engine is kept.
    """

    device: torch.device
    models: Mapping[str, ZooModel]
    released: Mapping[str, Callable[[], Engine]]
    runs: int
    warm_up: int
    side: int | None
    tiny: Path | None
    results: dict[str, dict[str, Any]]
    advance: Callable[[], Any]
    _loaded: tuple[str, SanaSprintControlNetPipeline, ZooModel, PreviewDecoder] | None = field(default=None, repr=False)
    _engine: Engine | None = field(default=None, repr=False)

    def loaded(self, label: str) -> tuple[SanaSprintControlNetPipeline, ZooModel, PreviewDecoder]:
        """The pipeline of a label, its entry, and a tiny autoencoder."""
        if self._loaded is None or self._loaded[0] != label:
            self._loaded = self._engine = None
            if self.device.type == "cuda":
                torch.cuda.empty_cache()
            if label in self.released:
                engine = self.released[label]()
                pipeline, entry = engine.pipeline, engine.model
            else:
                entry = self._sized(with_more_sizes(self.models[label]))
                pipeline = random_pipeline(entry, self.device)
            pipeline.set_progress_bar_config(disable=True)
            dtype = pipeline.vae.dtype
            preview = (
                random_preview(self.device, dtype) if self.tiny is None else read_preview(self.tiny, self.device, dtype)
            )
            self._loaded = (label, pipeline, entry, preview)
        return self._loaded[1:]

    def engine(self, label: str) -> tuple[Engine, PreviewDecoder]:
        """The engine of a label as it is by default, and its tiny autoencoder."""
        pipeline, entry, preview = self.loaded(label)
        if self._engine is None:
            self._engine = Engine(pipeline, entry, preview=preview)
        return self._engine, preview

    def _sized(self, entry: ZooModel) -> ZooModel:
        if self.side is None:
            return entry
        return replace(
            entry,
            sizes=tuple(sorted({*entry.sizes, self.side})),
            default_size=self.side,
            shapes=(*entry.shapes, (self.side, self.side)),
        )
