"""Training with several processes, one for each GPU, started by `accelerate launch`. A single process has no overhead.

Gradients are averaged after `backward`, not by a DistributedDataParallel wrapper: an update of the student calls its
network in three ways (prediction, forward-mode derivative, frozen features) and a wrapper would see only `forward`.

Knows: tensors and accelerate.  Must not know: files, optimizers, what is being trained.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

import torch
from accelerate import PartialState
from accelerate.utils import broadcast, gather_object, reduce
from torch import Tensor, nn

_PATIENCE = datetime.timedelta(hours=12)  # the others wait while the main process builds, encodes or judges
_BUCKET = 2**25  # elements averaged at once: 128 MiB of float32


class Processes:
    """This process and its peers. Index 0 is the main process: only it averages weights and writes files."""

    def __init__(self, device: torch.device) -> None:
        state = PartialState(cpu=device.type == "cpu", timeout=_PATIENCE)
        self.index, self.count, self._device = state.process_index, state.num_processes, device
        self.wait = state.wait_for_everyone

    @property
    def is_main(self) -> bool:
        """True in the process that writes files."""
        return self.index == 0

    def equalize(self, module: nn.Module) -> None:
        """Copy the weights of the main process to every process."""
        if self.count > 1:
            with torch.no_grad():
                for tensor in module.state_dict().values():
                    tensor.copy_(broadcast(tensor))

    def average_gradients(self, parameters: Iterable[nn.Parameter]) -> None:
        """Replace every gradient by its mean over the processes. A missing gradient counts as 0.

        A gradient that is not finite on one process becomes not finite on all, so all of them skip the update.
        """
        if self.count == 1:
            return
        for bucket in _buckets(parameter for parameter in parameters if parameter.requires_grad):
            parts = [torch.zeros_like(p).flatten() if p.grad is None else p.grad.flatten() for p in bucket]
            there = torch.tensor([float(p.grad is not None) for p in bucket], device=self._device)
            mean = reduce(torch.cat([*parts, there.to(parts[0].dtype)]), "mean")
            *parts, there = mean.split([part.numel() for part in parts] + [len(bucket)])
            for parameter, part, share in zip(bucket, parts, there.tolist(), strict=True):
                parameter.grad = part.view_as(parameter) if share > 0 else None

    def main_says(self, yes: bool) -> bool:
        """The answer of the main process. Clocks differ, and if one process stopped alone, the others would wait."""
        if self.count == 1:
            return yes
        return bool(broadcast(torch.tensor([float(yes)], device=self._device)).item())

    def collect(self, value: object) -> list[object]:
        """The values of all processes by index, on every process."""
        return [value] if self.count == 1 else gather_object([value])


def _buckets(parameters: Iterable[nn.Parameter]) -> Iterator[list[Tensor]]:
    bucket, size = [], 0
    for parameter in parameters:
        bucket.append(parameter)
        size += parameter.numel()
        if size >= _BUCKET:
            yield bucket
            bucket, size = [], 0
    if bucket:
        yield bucket
