"""Group offloading of a whole pipeline, the autoencoder included.

diffusers loads a group of layers when the `forward` of a module is called. A pipeline calls `encode` and `decode` of
its autoencoder, so with groups of blocks the layers beside the blocks are never loaded; leaf by leaf, all are.
"""

from __future__ import annotations

import torch
from diffusers.hooks import apply_group_offloading

BY_CALLS = "vae"  # the component that is asked by other methods than forward


class GroupOffloading:
    """`enable_group_offload`, over diffusers' own."""

    def enable_group_offload(
        self,
        onload_device: torch.device,
        offload_device: torch.device = torch.device("cpu"),  # noqa: B008  # diffusers' own default
        offload_type: str = "block_level",
        num_blocks_per_group: int | None = None,
        non_blocking: bool = False,
        use_stream: bool = False,
        record_stream: bool = False,
        low_cpu_mem_usage: bool = False,
        offload_to_disk_path: str | None = None,
        exclude_modules: str | list[str] | None = None,
    ) -> None:
        """As diffusers' `DiffusionPipeline.enable_group_offload`; by blocks the autoencoder is fetched leaf by leaf.

        Raises: ValueError as diffusers' own, for settings that do not go together.
        """
        excluded = [exclude_modules] if isinstance(exclude_modules, str) else list(exclude_modules or ())
        vae = getattr(self, BY_CALLS, None)
        by_leaf = offload_type == "block_level" and BY_CALLS not in excluded and isinstance(vae, torch.nn.Module)
        super().enable_group_offload(
            onload_device,
            offload_device,
            offload_type,
            num_blocks_per_group,
            non_blocking,
            use_stream,
            record_stream,
            low_cpu_mem_usage,
            offload_to_disk_path,
            [*excluded, BY_CALLS] if by_leaf else exclude_modules,
        )
        if by_leaf:
            vae.to(offload_device)
            apply_group_offloading(
                module=vae,
                onload_device=onload_device,
                offload_device=offload_device,
                offload_type="leaf_level",
                non_blocking=non_blocking,
                use_stream=use_stream,
                record_stream=record_stream,
                low_cpu_mem_usage=low_cpu_mem_usage,
                offload_to_disk_path=offload_to_disk_path,
            )
