"""The optimizers of a module: Muon for its matrices and AdamW for the rest, or AdamW for all.

Knows: parameters, a loop's options.  Must not know: losses, files.
"""

from __future__ import annotations

import torch
from torch import nn

from sprint_live.train.loop.muon import Muon, is_matrix
from sprint_live.train.loop.options import LoopOptions, autocast_dtype


def optimizers_of(module: nn.Module, options: LoopOptions) -> list[torch.optim.Optimizer]:
    """The optimizers of the trainable parameters, as the options say."""
    parameters = [p for p in module.parameters() if p.requires_grad]
    if options.optimizer == "adamw":
        decay = options.weight_decay
        return [
            torch.optim.AdamW(parameters, lr=options.learning_rate, betas=(0.9, 0.98), weight_decay=decay, fused=True)
        ]
    matrices = [p for p in parameters if is_matrix(p)]
    others = [p for p in parameters if not is_matrix(p)]
    dtype = autocast_dtype(parameters[0].device, options.dtype)
    optimizers: list[torch.optim.Optimizer] = []
    if matrices:
        optimizers.append(Muon(matrices, lr=options.learning_rate, weight_decay=options.weight_decay, dtype=dtype))
    if others:
        optimizers.append(torch.optim.AdamW(others, lr=options.learning_rate, betas=(0.9, 0.95), weight_decay=0.0))
    return optimizers
