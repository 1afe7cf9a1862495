"""A run's report for people: a table, a comparison with the paper and with the plan, a plot.

Knows: reports, the plan's predictions.  Must not know: how anything was measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sprint_live.bench.plan import COLUMNS
from sprint_live.bench.plots import figure_of, save_figure

PAPER_MS = 250.0  # SANA-Sprint with its ControlNet at 1024x1024 on an H100, arXiv 2503.09641
_HARMLESS = {
    True: "Harmless: draw with `--with tiny-encoder`.",
    False: "Not harmless: leave `tiny-encoder` off.",
    None: "Whether `tiny-encoder` is harmless only released weights with their branch say.",
}
STAGES = ("map", "text", "encode", "denoise", "decode", "jpeg")


def table(report: Mapping[str, Any]) -> str:
    """Markdown: the device, then by model the stages beside their floors, the ways, the switches, batches, memory."""
    chunks, hardware = report["chunks"], report["hardware"]
    lines = [f"# {hardware['device']}", "", f"`{report['command']}`, {report['date']}, commit {report['commit']}", ""]
    device = chunks.get("device", {})
    lines += [f"- {name}: {device[name]}" for name in ("name", "capability", "memory_gib", "torch") if name in device]
    walk = chunks.get("walk", {})
    if "paths" in walk:
        bad = [
            name
            for name, one in walk["paths"].items()
            if one.get("levels", 0) > walk["accepted_levels"] or "error" in one
        ]
        lines.append(
            f"- the walk: {len(walk['paths'])} paths, "
            f"{'all as on the CPU' if not bad else 'not as on the CPU: ' + '; '.join(bad)}"
        )
    lines += [f"- **failed: {name}: {one['error']}**" for name, one in chunks.items() if "error" in one]
    lines += [f"- not measured yet: {', '.join(report['left'])}"] if report["left"] else []
    for label in report["weights"]:
        lines += ["", f"## {label} ({report['weights'][label]})", *_model_lines(label, chunks)]
    return "\n".join(lines) + "\n"


def _model_lines(label: str, chunks: Mapping[str, Any]) -> Iterator[str]:
    drawing = _done(chunks, f"{label} drawing")
    if drawing:
        yield from ("", "| stage | ms | floor ms | GFLOP |", "|---|---|---|---|")
        for name in STAGES:
            if name in drawing["engine_ms"]:
                stage = drawing["stages"].get(name, {})
                gflop = stage.get("conv_gflop", 0) + stage.get("gemm_gflop", 0)
                yield (
                    f"| {name} | {drawing['engine_ms'][name]['median']} | {stage.get('floor_ms', '')} | {gflop or ''} |"
                )
        yield f"| whole | {drawing['engine_wall']['median']} | {drawing['floor_ms']} | {drawing['gflop_per_frame']} |"
        yield from ("", "| way | ms | times slower than the engine |", "|---|---|---|")
        for name, other in drawing["baselines"].items():
            yield f"| {name} | {other['median']} | {other['times_slower']} |"
    switches = _done(chunks, f"{label} switches")
    if switches:
        yield from ("", "| switch | times faster | PSNR, lowest, dB | default |", "|---|---|---|---|")
        for name, one in switches.items():
            if isinstance(one, dict):
                why = one.get("off") or one.get("error")
                yield (
                    f"| {name} | {'' if why else one['times_faster']} | {why or one['psnr_db']['lowest']} | "
                    f"{'on' if one.get('default') else 'off'} |"
                )
    tiny = _done(chunks, f"{label} autoencoders")
    if tiny and "ms" in tiny:
        faster, encoders = tiny["times_faster"], tiny["encoders"]
        yield ""
        yield (
            f"Tiny autoencoder ({tiny['tiny_weights']}): encodes {faster['encode']} and decodes {faster['decode']} "
            f"times faster; on its latent of the lines the branch differs by {encoders['branch_error']}, the picture "
            f"has {encoders['picture_psnr_db']['lowest']} dB. {_HARMLESS[tiny['harmless']]}"
        )
    batches = _done(chunks, f"{label} batches")
    if batches:
        yield ""
        yield (
            "; ".join(
                f"{one['batch']} in a call: {one.get('pictures_a_second', one.get('error'))}"
                for one in batches["points"]
            )
            + " (pictures a second)"
        )
    memory = _done(chunks, f"{label} memory")
    if memory:
        yield from ("", f"Memory: {memory['measured_mib']} MiB measured, {memory['counted_mib']} MiB counted.")


def comparison(report: Mapping[str, Any]) -> str:
    """Markdown: every row of the plan as predicted and as measured, and the whole picture beside the paper's 250 ms."""
    lines = []
    for label in report["weights"]:
        drawing, plan = _done(report["chunks"], f"{label} drawing"), _done(report["chunks"], f"{label} plan")
        if drawing:
            ms = drawing["engine_wall"]["median"]
            lines.append(
                f"{label}: {ms:g} ms a picture on {report['hardware']['device']}; the paper: {PAPER_MS:g} ms with a "
                f"ControlNet on an H100, {PAPER_MS / ms:.2f} times as long"
            )
        if plan:
            size = "1.6B" if "1.6B" in label else "0.6B"
            columns = [name for name in COLUMNS if name.endswith(size)]
            lines += ["", f"| {label} | measured ms | {' | '.join(f'predicted, {name}' for name in columns)} |"]
            lines.append("|---" * (2 + len(columns)) + "|")
            for row in plan["rows"]:
                measured = "" if row["ms"] is None else f"{row['ms']['median']:g}"
                predicted = (
                    "" if row["predicted_ms"][name] is None else f"{row['predicted_ms'][name]:g}" for name in columns
                )
                lines.append(f"| {row['row']} | {measured} | {' | '.join(predicted)} |")
            lines.append("")
    return "\n".join(lines or ["nothing to compare yet: neither a drawing nor a plan is measured"]) + "\n"


def plot(report: Mapping[str, Any], out: Path) -> None:
    """By model the stages over their floors, and the ways beside the paper's 250 ms. Raises: OutputError."""
    done = {label: _done(report["chunks"], f"{label} drawing") for label in report["weights"]}
    done = {label: drawing for label, drawing in done.items() if drawing}
    if not done:
        return
    figure, axes = figure_of(2 * len(done), 5 * 2 * len(done), 3.4)
    for index, (label, drawing) in enumerate(done.items()):
        stages, ways = axes[2 * index : 2 * index + 2]
        names = [name for name in STAGES if name in drawing["engine_ms"]]
        stages.bar(names, [drawing["engine_ms"][name]["median"] for name in names], color="#4c6ef5", label="median")
        floors = [drawing["stages"].get(name, {}).get("floor_ms", 0.0) for name in names]
        stages.bar(names, floors, width=0.4, color="#212529", label="floor")
        stages.set(title=f"{label}: stages", ylabel="ms")
        stages.legend(frameon=False)
        bars = {name: other["median"] for name, other in drawing["baselines"].items()}
        plan = _done(report["chunks"], f"{label} plan")
        preview = plan["rows"][-1]["ms"] if plan else None
        bars |= {"engine": drawing["engine_wall"]["median"], **({"preview": preview["median"]} if preview else {})}
        ways.barh(list(bars), list(bars.values()), color="#4c6ef5")
        ways.axvline(PAPER_MS, color="#868e96", linestyle=":", label="paper, H100")
        ways.set(title=f"{label}: a picture", xlabel="ms, median")
        ways.legend(frameon=False)
    save_figure(figure, out)


def _done(chunks: Mapping[str, Any], name: str) -> Any:
    """A chunk that was measured; None where it is missing or failed."""
    found = chunks.get(name)
    return (
        None if found is None or "error" in found else {key: value for key, value in found.items() if key != "took_s"}
    )
