"""Whether a network has hooks on its forward: a rewrite by the engine would lose them.

Knows: torch's hooks.  Must not know: what a hook does.
"""

from __future__ import annotations

from collections.abc import Callable

from torch import nn

HOOKED = "something sits on the forward of the {what} (offloading, casting, a compiled graph, a hook)"


def is_hooked(module: nn.Module, *, is_known: Callable[[object], bool] = lambda hook: False) -> bool:
    """Whether a call of the module, or of one inside, does more than its class says; is_known:
    hooks that do not count.
    """
    return any(
        "forward" in part.__dict__
        or part._compiled_call_impl is not None
        or not all(
            is_known(hook) for hooks in (part._forward_pre_hooks, part._forward_hooks) for hook in hooks.values()
        )
        for part in module.modules()
    )
