"""Resolves `--model` (a name in the zoo, a local folder, or owner/name on the hub) and obtains its files.

Knows: the zoo, folders, the hub, licenses.  Must not know: torch, pipelines, the app.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sprint_live.models import hub, hub_lock, licenses
from sprint_live.models.hub_lock import HubSource
from sprint_live.models.licenses import Terms
from sprint_live.models.zoo import ZooModel, find_model, model_names


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A requested model. entry: its zoo entry, None for other models.
    folder or source: where its files are.
    """

    title: str
    entry: ZooModel | None
    folder: Path | None
    source: HubSource | None
    terms: tuple[Terms, ...]

    @property
    def name(self) -> str:
        """A short name for files and reports."""
        if self.entry is not None:
            return self.entry.name
        if self.source is not None:
            return self.source.repo_id.split("/")[1]
        return self.folder.resolve().name if self.folder else self.title


def choose(model: str | Path) -> Choice:
    """Parse the request without touching files or the network.

    Raises:
        ArgumentError: no name of the zoo, no folder, and not of the form owner/name.
    """
    text = str(model)
    entries = [find_model(name) for name in model_names()]
    for entry in entries:
        if text == entry.name or (entry.hub is not None and text == entry.hub.repo_id):
            return Choice(title=entry.title, entry=entry, folder=entry.folder, source=entry.hub, terms=entry.terms)
    if Path(model).is_dir():
        return Choice(title=text, entry=None, folder=Path(model), source=None, terms=())
    if not hub_lock.is_repo_id(text):
        find_model(text)  # raises, with the names that are known
    page = f"https://huggingface.co/{text}"
    unknown = Terms(
        name=f"the license of {text}",
        url=page,
        meaning="This project does not know this model: its page says on which terms it may be used.",
    )
    return Choice(
        title=f"{text} (no folder here, so a model on the hub)",
        entry=None,
        folder=None,
        source=HubSource(repo_id=text),
        terms=(unknown,),
    )


def obtain(choice: Choice, *, accept_license: bool = False, offline: bool = False) -> Path:
    """The folder of a model, downloaded and checked where it comes from the hub.

    accept_license: the caller has read the terms and accepts them; this is remembered.

    Raises:
        LicenseError: its terms have not been acknowledged.
        DownloadError, WeightsError: see `hub.fetch`.
    """
    if accept_license and not licenses.is_acknowledged(choice.title, choice.terms):
        licenses.acknowledge(choice.title, choice.terms)
    licenses.require_acknowledged(choice.title, choice.terms)
    if choice.source is not None:
        return hub.fetch(choice.source, offline=offline)
    assert choice.folder is not None, "a choice has a folder or a source"
    return choice.folder


def must_ask(choice: Choice) -> str | None:
    """The text a person must accept before this model is used; None if there is nothing left to accept."""
    if licenses.is_acknowledged(choice.title, choice.terms):
        return None
    return licenses.terms_text(choice.title, choice.terms)
