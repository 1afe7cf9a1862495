"""What is imported stays light: no torch for names, errors, detectors."""

from __future__ import annotations

import sys

from support.paths import ROOT


def test_listing_and_loading_detectors_costs_no_torch() -> None:
    import subprocess

    script = (
        "import sys, controlnet.maps as m; [m.load_detector(n) for n in m.detector_names()]; print('torch' in "
        "sys.modules, 'diffusers' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.split() == ["False", "False"]


def test_importing_the_package_is_light() -> None:
    import subprocess

    script = (
        "import sys, sprint_live, sprint_live.errors, sprint_live.api.frame, sprint_live.api.draw_job, "
        "sprint_live.api.pin, sprint_live.models.zoo; print('torch' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "False"
