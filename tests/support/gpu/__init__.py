"""A GPU that is not there: torch's operations on "cuda" walked by a CPU build, and held to a GPU's rules.

A tensor is on the GPU where its storage is labeled so. Small models keep real numbers, so that all of a program runs
and its result can be compared; with `shapes_only` weights are meta tensors and a model of any size is walked in
seconds. torch's own FakeTensorMode knows the same rules, but a CPU build cannot copy, place or differentiate its "cuda"
tensors ("not linked with support for cuda devices"), and it has no numbers.

    simulated.py  the context, and what it writes down
    devices.py    what Python code sees: tensors that say where they lie
    autocast.py   what torch.autocast casts
    rules.py      one device for an operation, who waits for the GPU, number and memory formats
    kernels.py    what a GPU does in one piece
    holdings.py   bytes alive, and their peak
    graphs.py     CUDA graphs: what is recorded is run again on the same memory
    cuda_api.py   what stands in for torch.cuda
    places.py     where the program is
"""

from support.gpu.rules import WrongDevice
from support.gpu.simulated import SimulatedGpu, Wait

__all__ = ["SimulatedGpu", "Wait", "WrongDevice"]
