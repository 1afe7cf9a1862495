"""GET /licenses, as plain text: the license of the loaded model, then our own notice.

Knows: the notice file, the worker's model.  Must not know: sessions.
"""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import PlainTextResponse

from sprint_live.live.rendering.worker import Worker

__all__ = ["add_licenses_route", "notice"]

ROOT = Path(__file__).parents[3]


def add_licenses_route(app: FastAPI, worker: Worker) -> None:
    """Behind the access check, like everything else."""

    @app.get("/licenses")
    @app.get("/licences", include_in_schema=False)  # its older address
    async def licenses() -> PlainTextResponse:
        model = worker.model
        terms = (
            f"{model.title} ({model.name})\n\n{model.license}"
            if model
            else "The model is being loaded; its terms stand here once it is."
        )
        return PlainTextResponse(
            f"The model\n---------\n{terms}\n\nSprint Live\n-----------\n{notice()}",
            headers={"Cache-Control": "no-store"},
        )


def notice() -> str:
    """The text of NOTICE: beside the package in a checkout or container, in the package's metadata where it is
    installed.
    """
    here = ROOT / "NOTICE"
    if here.is_file():
        return here.read_text("utf-8")
    files = [file for file in metadata.files("sprint-live") or () if file.name == "NOTICE"]
    return files[0].read_text("utf-8") if files else "Apache-2.0"
