"""Benchmark reports as tables for people, written beside their JSON.

Knows: reports.  Must not know: how they were measured.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

WORK_COLUMNS = ("conv_gflop", "gemm_gflop", "least_mib", "moved_mib", "kernels")


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A markdown table; its first column is words, the others are numbers."""
    head = list(head)
    lines = ["| " + " | ".join(head) + " |", "|---|" + "---:|" * (len(head) - 1)]
    lines += [
        "| "
        + " | ".join("-" if cell is None else f"{cell:.4g}" if isinstance(cell, float) else str(cell) for cell in row)
        + " |"
        for row in rows
    ]
    return "\n".join(lines) + "\n"


def drawing_tables(report: Mapping[str, Any]) -> str:
    """The stages with their floors, the baselines, an edit beside a new page, the first drawing."""
    stages = []
    for name, times in report["engine_ms"].items():
        work = report["stages"].get(name, {})
        floor = report["floor_ms"] if name == "total" else work.get("floor_ms")
        stages.append(
            [
                name,
                times["median"],
                times["p95"],
                floor,
                times["median"] / floor if floor else None,
                *(work.get(column) for column in WORK_COLUMNS),
            ]
        )
    rates = report["rates"]
    parts = [
        f"# {report['model']}: {report['what']}\n",
        _where(report),
        table(
            (
                "stage",
                "median ms",
                "p95",
                "floor ms",
                "times the floor",
                "conv GFLOP",
                "matmul GFLOP",
                "least MiB",
                "moved MiB",
                "kernels",
            ),
            stages,
        ),
        (
            "The floor is the plain model's work at what this machine reached in the same run: matrices "
            f"{_listed(rates['gemm_gflop_s'])}, convolutions {_listed(rates['conv_gflop_s'])} GFLOP/s, copying "
            f"{rates['copy_gb_s']:g} GB/s. A stage below it did less work or computed in another format.\n"
        ),
        table(
            ("drawn by, in turn", "median ms", "p95", "times the engine", "the first one, ms"),
            [
                (
                    "engine",
                    report["engine_wall"]["median"],
                    report["engine_wall"]["p95"],
                    1.0,
                    report["first_ms"]["engine"],
                )
            ]
            + [
                (name, other["median"], other["p95"], other["times_slower"], report["first_ms"][name])
                for name, other in report["baselines"].items()
            ],
        ),
        *(f"- {name}: {other['what']}.\n" for name, other in report["baselines"].items()),
    ]
    if "edit" in report:
        edit = report["edit"]
        kinds = (
            ("a new page", "full_ms"),
            (f"{edit['edit_px']}x{edit['edit_px']} of the page changed", "edit_ms"),
            ("nothing changed", "same_ms"),
        )
        parts.append(
            table(
                ("engine, by what changed", "encode ms", "total ms", "p95"),
                [
                    (name, edit[key]["encode"]["median"], edit[key]["total"]["median"], edit[key]["total"]["p95"])
                    for name, key in kinds
                ],
            )
        )
    if "plan" in report:
        parts.append(_plan_table(report["plan"]))
    return "\n".join(parts)


def _plan_table(plan: list[Mapping[str, Any]]) -> str:
    """Predicted on GPUs, measured here, and why they differ.
    Shares are of the first row, which is what can be compared.
    """
    columns = list(plan[0]["predicted_ms"])
    first = plan[0]
    rows = []
    for row in plan:
        predicted, took = row["predicted_ms"], row["ms"] and row["ms"]["median"]
        expected = predicted[columns[0]] and f"{predicted[columns[0]] / first['predicted_ms'][columns[0]]:.0%}"
        name = row["row"] + (f" ({', '.join(row['switches'])})" if row["switches"] else "")
        rows.append(
            (name, *predicted.values(), expected, took, took and f"{took / first['ms']['median']:.0%}", row["why"])
        )
    head = (
        "cumulative",
        *(f"{column}, predicted ms" for column in columns),
        f"share of A, {columns[0]}",
        "measured here, ms",
        "share of A",
        "why they differ",
    )
    return "The plan, predicted on GPUs and measured on none of them yet unless this is one:\n\n" + table(head, rows)


def curve_tables(report: Mapping[str, Any]) -> str:
    """One table a curve."""
    curves = report["curves"]
    batch = curves["batch"]
    return "\n".join(
        [
            f"# {report['model']}: {report['what']}\n",
            _where(report),
            table(
                ("size", "megapixels", "median ms", "p95"),
                [(f"{one['height']}x{one['width']}", one["megapixels"], *_total(one)) for one in curves["size"]],
            ),
            table(("steps", "median ms", "p95"), [(one["steps"], *_total(one)) for one in curves["steps"]]),
            table(
                ("square that changed, px", "share of the page", "median ms", "p95"),
                [(one["edit_px"], one["share"], *_total(one)) for one in curves["dirty"]],
            ),
            table(
                ("people in a call", "call ms", "p95", "pictures a second"),
                [
                    (one["batch"], one["ms"]["median"], one["ms"]["p95"], one["pictures_a_second"])
                    for one in batch["points"]
                ],
            ),
            f"A call should hold at most {batch['best_batch']} here"
            + (": more draw no tenth more pictures a second.\n" if batch["best_batch"] == 1 else ".\n"),
        ]
    )


def memory_tables(report: Mapping[str, Any]) -> str:
    """The memory of the process, and the verdict."""
    memory = report["memory"]
    rows = [
        (
            name,
            memory[name]["mib"][0],
            memory[name]["mib"][-1],
            memory[name]["slope_mib_per_1000"],
            memory[name]["growth_mib"],
            memory[name]["allowed_mib"],
            "flat" if memory[name]["flat"] else "GROWS",
        )
        for name in ("rss", "device")
        if name in memory
    ]
    return "\n".join(
        [
            f"# {report['model']}: {report['what']}\n",
            _where(report),
            table(
                (
                    "memory, MiB",
                    "first sample",
                    "last",
                    "a 1,000 drawings",
                    "growth from a quarter on",
                    "allowed",
                    "verdict",
                ),
                rows,
            ),
        ]
    )


def _where(report: Mapping[str, Any]) -> str:
    hardware, versions = report["hardware"], report["versions"]
    device = (
        hardware["device"]
        if hardware["device"] != "cpu"
        else (
            f"{hardware['threads']} threads on {hardware['cores']} cores of {hardware['cpu']} "
            f"({hardware['capability']})"
        )
    )
    return (
        f"{device}; torch {versions['torch']}, diffusers {versions['diffusers']}; {report['date']}, commit "
        f"{str(report['commit'])[:12]}. `{report['command']}`\n"
    )


def _total(point: Mapping[str, Any]) -> tuple[float, float]:
    return point["ms"]["total"]["median"], point["ms"]["total"]["p95"]


def _listed(by_format: Mapping[str, float]) -> str:
    return ", ".join(f"{value:g} ({name})" for name, value in by_format.items())
