"""Trumpets, microphones and a note.

Knows: numpy, the form of a thing.  Must not know: hands, materials, captions.
"""

from __future__ import annotations

import numpy as np

from sprint_live.train.data.kinds._objects import METAL, finished, part, some, thick
from sprint_live.train.data.kinds._thing import Thing, arc, box, ellipse, kind, polygon, smooth


@kind("trumpet", "horn", group="object", stands=False)
def trumpet(rng: np.random.Generator) -> Thing:
    """A trumpet with three valves."""
    brass, parts, lines = "gold, yellow, silver, red", [], []
    loop = thick(
        smooth(
            [(0.6, 0.44), (0.28, 0.44), (0.19, 0.52), (0.28, 0.62), (0.66, 0.62), (0.73, 0.55), (0.66, 0.47)],
            closed=False,
            steps=6,
        ),
        0.04,
    )
    parts.append(part("tube", loop, brass))
    parts.append(part("valve", box(0.37, 0.36, 0.43, 0.7, radius=0.015), brass + ", white"))
    parts.append(part("valve", box(0.46, 0.36, 0.52, 0.7, radius=0.015), brass + ", white"))
    parts.append(part("valve", box(0.55, 0.36, 0.61, 0.7, radius=0.015), brass + ", white"))
    parts += [part("button", ellipse(x, 0.33, 0.035, 0.022), "white, red, silver, black") for x in (0.4, 0.49, 0.58)]
    right = smooth([(0.6, 0.425), (0.76, 0.42), (0.88, 0.37), (0.95, 0.24)], closed=False)
    left = smooth([(0.95, 0.66), (0.88, 0.53), (0.76, 0.48), (0.6, 0.475)], closed=False)
    parts.append(
        part("bell", np.concatenate([polygon((0.06, 0.43)), right, left, polygon((0.06, 0.47))]), brass, body=True)
    )
    parts.append(part("opening", ellipse(0.95, 0.45, 0.045, 0.215), "gold, yellow, dark brown, orange, gray"))
    parts.append(
        part(
            "mouthpiece",
            polygon((0.02, 0.405), (0.05, 0.405), (0.1, 0.44), (0.1, 0.46), (0.05, 0.495), (0.02, 0.495)),
            brass + ", gray",
        )
    )
    if some(rng):
        for x, y in ((0.86, 0.12), (0.72, 0.2)):
            parts.append(part("note", ellipse(x, y, 0.032, 0.024, turn_deg=-20), "black, blue, red"))
            lines.append(polygon((x + 0.03, y - 0.005), (x + 0.03, y - 0.11), (x + 0.07, y - 0.08)))
    return finished(rng, parts, lines, flips=True, tilt_deg=rng.uniform(-20, 5), middle=True)


@kind("musical note", "note", group="object", stands=False)
def musical_note(rng: np.random.Generator) -> Thing:
    """One note with a flag, or two under a beam."""
    parts, ink = [], "black, blue, red, purple, green, dark blue"
    if some(rng):
        parts += [part("stem", box(x, 0.12, x + 0.055, 0.8), ink) for x in (0.33, 0.83)]
        parts.append(part("beam", polygon((0.33, 0.14), (0.885, 0.06), (0.885, 0.22), (0.33, 0.3)), ink))
        parts += [part("head", ellipse(x, 0.82, 0.145, 0.105, turn_deg=-20), ink) for x in (0.25, 0.75)]
    else:
        parts.append(part("stem", box(0.54, 0.08, 0.6, 0.8), ink))
        parts.append(
            part(
                "flag",
                smooth([(0.6, 0.06), (0.66, 0.22), (0.82, 0.34), (0.76, 0.56), (0.74, 0.42), (0.6, 0.3)], steps=6),
                ink,
            )
        )
        parts.append(part("head", ellipse(0.43, 0.81, 0.18, 0.125, turn_deg=-20), ink))
    return finished(rng, parts, middle=True)


@kind("microphone", group="object")
def microphone(rng: np.random.Generator) -> Thing:
    """A microphone in the hand, at a slant, or on a stand."""
    stand, parts, lines = some(rng, 0.4), [], []
    if stand:
        parts += [
            part("stand", box(0.48, 0.56, 0.52, 0.92), METAL + ", black"),
            part("base", arc(0.5, 0.95, 0.18, 0.06, 180, 360), METAL + ", black"),
        ]
    low = 0.66 if stand else 0.95
    parts.append(
        part(
            "handle",
            polygon((0.4, 0.36), (0.6, 0.36), (0.555, low), (0.445, low)),
            "black, blue, red, gray, pink, purple",
        )
    )
    parts.append(part("head", ellipse(0.5, 0.22, 0.17), METAL + ", black, gold"))
    parts.append(part("ring", box(0.34, 0.32, 0.66, 0.39, radius=0.025), "gold, gray, black, silver"))
    parts.append(part("button", box(0.475, 0.46, 0.525, 0.54, radius=0.02), "red, green, white, yellow"))
    for share in (-0.5, 0, 0.5):
        half = 0.17 * np.sqrt(1 - share**2)
        if share < 0.3:
            lines.append(polygon((0.5 - half, 0.22 + 0.17 * share), (0.5 + half, 0.22 + 0.17 * share)))
        lines.append(polygon((0.5 + 0.17 * share, 0.22 - half), (0.5 + 0.17 * share, min(0.22 + half, 0.32))))
    return finished(rng, parts, lines, tilt_deg=0.0 if stand else float(rng.choice([0, 35, -35])), middle=not stand)
