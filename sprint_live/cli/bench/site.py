"""`sprint-live bench site FOLDER`: bytes, requests and times of two visits, and milliseconds a picture in the page."""

from __future__ import annotations

import argparse
import threading
from pathlib import Path

from sprint_live.cli.bench._out import add_out, check_out

HELP = "measure the site that draws by itself, in a headless Chromium: two visits and its speed (needs playwright)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="a site that `sprint-live site` wrote")
    parser.add_argument(
        "--runs", type=int, default=11, metavar="N", help="pictures of each size (default: %(default)s)"
    )
    add_out(parser, "assets/bench/site.json")


def run(args: argparse.Namespace) -> int:
    """Measure, write a report and its plot, and print it."""
    check_out(args.out)
    from sprint_live.bench.circumstances import cpu_report
    from sprint_live.bench.plots import plot_site, require_matplotlib
    from sprint_live.bench.site_visits import Answers, measure_visits
    from sprint_live.site.serve import site_server

    require_matplotlib()
    answers: Answers = []
    with site_server(args.folder, 0, lambda path, size: answers.append((path, size))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}"
        measured = measure_visits(address, lambda: list(answers), runs=args.runs)
        server.shutdown()
    out = args.out or Path("assets/bench/site.json")
    what = "two visits of the site in a headless Chromium, server on the same machine, and milliseconds a picture"
    plot_site(cpu_report(what, measured, out), out.with_suffix(".png"))
    for name in ("first_visit", "second_visit"):
        visit = measured[name]
        print(
            f"{name.replace('_', ' ')}: {visit['megabytes']} MB in {visit['requests']} requests, ink after "
            f"{visit['ink_s']} s, first picture after {visit['picture_s']} s"
        )
    for size in measured["bench"]["sizes"]:
        whole = size["ms"]["whole"]
        print(f"{size['side']}x{size['side']}: {whole['median']:.0f} ms a picture (median), {whole['p90']:.0f} (p90)")
    print(f"written to {out}, drawn in {out.with_suffix('.png').name}")
    return 0
