"""The checks of `sprint-live doctor` for one model: terms, files, the way to the hub, memory, optional packages."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sprint_live.cli._finding import Finding, from_error
from sprint_live.errors import SprintLiveError

if TYPE_CHECKING:
    from sprint_live.models.choice import Choice
    from sprint_live.models.zoo import ZooModel

NETWORK_TIMEOUT_S = 3.0
EXTRAS = {
    "peft": "--lora needs it",
    "torchao": "--quantize-text int8 and --quantize-transformer int8 need it",
    "bitsandbytes": "--quantize-text nf4 and --quantize-transformer nf4 need it, on a CUDA GPU",
    "accelerate": "nf4 needs it beside bitsandbytes",
}


def examine(model: str) -> Iterator[Finding]:
    """Everything about a model, without downloading or loading it."""
    from sprint_live.models.choice import choose

    try:
        choice = choose(model)
    except SprintLiveError as error:
        yield from_error(f"weights of {model}", error)
        return
    if choice.source is None:
        yield _local_weights(model, choice)
    else:
        yield _terms(choice)
        yield from _hub_weights(model, choice)
    if choice.entry is not None and choice.entry.parts:
        yield _fits(choice.entry)
    for package, purpose in EXTRAS.items():
        yield _extra(package, purpose)


def _local_weights(model: str, choice: Choice) -> Finding:
    from sprint_live.engine.loading.checksums import check_weights

    assert choice.folder is not None, "asked of models that lie in a folder"
    try:
        checked = check_weights(choice.folder, required=choice.entry is not None)
    except SprintLiveError as error:
        return from_error(f"weights of {model}", error)
    size = sum(path.stat().st_size for path in choice.folder.rglob("*.safetensors"))
    return Finding(f"weights of {model}", "ok", f"{checked} files match their sha256, {size / 1e6:.1f} MB of weights")


def _terms(choice: Choice) -> Finding:
    from sprint_live.models.licenses import ACCEPT_VARIABLE, is_acknowledged

    named = "; ".join(f"{term.name} ({term.url})" for term in choice.terms)
    if is_acknowledged(choice.title, choice.terms):
        return Finding("license", "ok", f"acknowledged: {named}")
    return Finding(
        "license",
        "missing",
        f"not acknowledged yet: {named}",
        f"read it, then start with --accept-license or {ACCEPT_VARIABLE}=yes",
    )


def _hub_weights(model: str, choice: Choice) -> Iterator[Finding]:
    from huggingface_hub import constants, is_offline_mode

    from sprint_live.models import hub, hub_lock
    from sprint_live.models.memory import published_bytes

    what = f"weights of {model}"
    assert choice.source is not None, "asked of models of the hub"
    try:
        lock = hub_lock.read_lock(choice.source)
        if lock is not None and hub.downloaded(choice.source) is not None:
            folder = hub.fetch(choice.source, offline=True)
            yield Finding(
                what, "ok", f"{len(lock.files)} files match their sha256, commit {lock.revision[:12]}, in {folder}"
            )
            return
    except SprintLiveError as error:
        yield from_error(what, error)
        return
    size = f" of about {published_bytes(choice.entry.parts) / 1e9:.1f} GB" if choice.entry else ""
    yield Finding(
        what, "missing", "not downloaded", f"sprint-live --model {model} starts (or goes on with) the download{size}"
    )
    if is_offline_mode():
        yield Finding(
            "network", "missing", "HF_HUB_OFFLINE is set: the hub is never asked", "unset it for the first start"
        )
    else:
        yield _network(constants.ENDPOINT)
    if choice.entry is not None:
        yield _room(Path(constants.HF_HUB_CACHE), published_bytes(choice.entry.parts) + hub.SPARE_BYTES)


def _network(endpoint: str) -> Finding:
    parts = urlsplit(endpoint)
    try:
        socket.create_connection(
            (parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)), timeout=NETWORK_TIMEOUT_S
        ).close()
    except OSError as error:
        return Finding(
            "network",
            "missing",
            f"{endpoint} cannot be reached ({error})",
            "check the network or HTTPS_PROXY; sprint-tiny needs none",
        )
    return Finding("network", "ok", f"{endpoint} answers")


def _room(cache: Path, num_bytes: int) -> Finding:
    existing = next(path for path in (cache, *cache.absolute().parents) if path.is_dir())
    free = shutil.disk_usage(existing).free
    found = f"{free / 1e9:.1f} GB free in {cache}"
    if free >= num_bytes:
        return Finding("room for the download", "ok", found)
    return Finding(
        "room for the download",
        "missing",
        f"{found}, {num_bytes / 1e9:.1f} GB needed",
        "free space, or set HF_HOME to a larger disk",
    )


def _fits(entry: ZooModel) -> Finding:
    """Whether the card has the memory the computed table asks for; on a CPU, whether the weights fit."""
    from sprint_live.engine.loading.load import pick_device
    from sprint_live.engine.loading.placement import component_dtypes, free_bytes
    from sprint_live.models.fit import AS_PUBLISHED, LISTED
    from sprint_live.models.memory import CONTEXT_MIB, MIB, peak_memory

    device = pick_device(None)
    free = free_bytes(device)
    if free is None:
        return Finding("memory for the model", "note", "could not be read")
    if device.type == "cuda":
        needs = {fit.words: peak_memory(entry.parts, fit).bytes - CONTEXT_MIB * MIB for fit in LISTED}
    else:
        each = component_dtypes(device, bfloat16=entry.bfloat16, autoencoder_float32=False)["transformer"].itemsize
        needs = {"the weights alone": sum(part.weights_bytes(bytes_each=each) for part in entry.parts.values())}
    found = f"{free / 2**30:.1f} GiB free on {device}"
    for words, needed in needs.items():
        if needed <= free:
            fix = (
                ""
                if device.type != "cuda" or words == AS_PUBLISHED.words
                else "see `sprint-live models` and `sprint-live serve --help`"
            )
            return Finding(
                "memory for the model",
                "ok" if not fix else "note",
                f"{found}; fits with {words} ({needed / 2**30:.1f} GiB)",
                fix,
            )
    least = min(needs.values())
    return Finding(
        "memory for the model",
        "missing",
        f"{found}; at least {least / 2**30:.1f} GiB needed",
        "close other programs, or use a smaller model",
    )


def _extra(package: str, purpose: str) -> Finding:
    try:
        return Finding(package, "ok", f"{metadata.version(package)}; {purpose}")
    except metadata.PackageNotFoundError:
        return Finding(package, "note", f"not installed; {purpose}", f"pip install {package}, if you want it")
