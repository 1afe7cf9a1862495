"""Faults planted into functions of the engine: a statement more at the beginning of their source.

A planted function calls the fault with its own variables the first time it runs, and then does what it always does.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import importlib
import inspect
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from types import CodeType, FunctionType, ModuleType

import torch
from torch import Tensor

from support.gpu.devices import CUDA
from support.gpu.graphs import tensors
from support.paths import ROOT

ENGINE = ROOT / "sprint_live/engine"
HOOK = "__planted__"
Fault = Callable[[Tensor], object]

# what a fault does with a tensor on the GPU, and what is said of the function that does it
FAULTS: Mapping[str, tuple[Fault, str]] = {
    "a constant on the CPU": (lambda tensor: tensor + torch.zeros(tensor.shape[-1:]), "the CPU meets the GPU"),
    "a float64": (lambda tensor: tensor.double(), "float64"),
    "an .item()": (lambda tensor: tensor.flatten()[0].item(), "waits for the GPU (_local_scalar_dense)"),
    "a nonzero": (lambda tensor: tensor.nonzero(), "waits for the GPU (nonzero)"),
    "a round trip": (lambda tensor: tensor.cpu().to(tensor.device), "waits for the GPU (download)"),
    "a synchronize": (lambda tensor: torch.cuda.synchronize(), "waits for the GPU (synchronize)"),
}


def engine_files() -> list[str]:
    """Every file of the engine that has a function, as "denoising/block.py"."""
    files = sorted(path.relative_to(ENGINE).as_posix() for path in ENGINE.rglob("*.py"))
    return [file for file in files if functions_in(file)]


@functools.cache
def functions_in(file: str) -> tuple[str, ...]:
    """Functions and methods of an engine file by their qualified names; those inside others belong to them."""
    found = []
    for node in ast.parse((ENGINE / file).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            found.append(node.name)
        elif isinstance(node, ast.ClassDef) and not any("Protocol" in ast.unparse(base) for base in node.bases):
            found += [f"{node.name}.{child.name}" for child in node.body if isinstance(child, ast.FunctionDef)]
    return tuple(found)


class Planted:
    """Faults in functions of the engine; `places` are those that have run, as "denoising/block.py:FastBlock.text"."""

    def __init__(self, faults: Collection[Fault], *, goes_on: bool) -> None:
        self.places: set[str] = set()
        self._faults, self._goes_on = faults, goes_on

    def run(self, place: str, variables: dict[str, object]) -> None:
        """The faults, with the first tensor of the function that lies on the GPU, or with one made for it."""
        if place in self.places:
            return
        self.places.add(place)
        tensor = _on_gpu(variables)
        for fault in self._faults:
            with contextlib.suppress(*[RuntimeError] * self._goes_on):
                fault(tensor)


@contextlib.contextmanager
def planted(
    files: Mapping[str, Sequence[str]], faults: Collection[Fault], *, goes_on: bool = False
) -> Iterator[Planted]:
    """Functions by file are planted with faults. goes_on: what they raise is caught, and the function runs on."""
    here, before, modules = Planted(faults, goes_on=goes_on), [], []
    try:
        for file, names in files.items():
            module = importlib.import_module("sprint_live.engine." + file.removesuffix(".py").replace("/", "."))
            setattr(module, HOOK, here.run)
            modules.append(module)
            for name, code in _planted_codes(file, names).items():
                function = _function(module, name)
                before.append((function, function.__code__))
                function.__code__ = code
        yield here
    finally:
        for function, code in before:
            function.__code__ = code
        for module in modules:
            delattr(module, HOOK)


def _on_gpu(variables: dict[str, object]) -> Tensor:
    for value in variables.values():
        for tensor in tensors(value):
            if tensor.is_cuda and tensor.is_floating_point() and tensor.dim() and tensor.numel():
                return tensor
    return torch.zeros(2, device=CUDA)


def _planted_codes(file: str, names: Sequence[str]) -> dict[str, CodeType]:
    """The code of these functions with the call in front."""
    tree = ast.parse((ENGINE / file).read_text(encoding="utf-8"))
    for owner in (tree, *(node for node in tree.body if isinstance(node, ast.ClassDef))):
        for node in owner.body:
            name = getattr(node, "name", "") if owner is tree else f"{owner.name}.{getattr(node, 'name', '')}"
            if isinstance(node, ast.FunctionDef) and name in names:
                call = ast.parse(f"{HOOK}({f'{file}:{name}'!r}, locals())").body[0]
                node.body.insert(1 if ast.get_docstring(node) else 0, call)
    whole = compile(ast.fix_missing_locations(tree), str(ENGINE / file), "exec", dont_inherit=True)
    return {code.co_qualname: code for code in _codes(whole) if code.co_qualname in names}


def _codes(code: CodeType) -> Iterator[CodeType]:
    for const in code.co_consts:
        if isinstance(const, CodeType):
            yield const
            yield from _codes(const)


def _function(module: ModuleType, name: str) -> FunctionType:
    owner: object = module
    *owners, last = name.split(".")
    for part in owners:
        owner = getattr(owner, part)
    found = inspect.getattr_static(owner, last)
    if isinstance(found, property):
        found = found.fget
    if isinstance(found, staticmethod | classmethod):
        found = found.__func__
    return inspect.unwrap(found)
