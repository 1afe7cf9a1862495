"""The guide with the table of uses: `python -m support.uses.table` writes it anew."""

from __future__ import annotations

from collections import Counter

from support.paths import ROOT
from support.uses import USES

GUIDE = ROOT / "assets/guides/pipeline-uses.md"
HEAD = """# What people do with a Sana pipeline, here and there

diffusers' `SanaSprintPipeline`, `SanaSprintImg2ImgPipeline` and `SanaControlNetPipeline` beside
`SanaSprintControlNetPipeline`, on the same small random model. {count} uses: {same} the same, {better} better,
{different} different on purpose, none absent. *Same* is equal numbers, or a refusal on both sides; *better* works here
and fails there. `tests/pipeline/test_uses.py` runs every row on both sides.

"""


def guide() -> str:
    """The text of the guide."""
    counts = Counter(use.verdict for _, use in USES)
    text = HEAD.format(count=len(USES), **{verdict: counts[verdict] for verdict in ("same", "better", "different")})
    tables = []
    for subject in dict.fromkeys(subject for subject, _ in USES):
        lines = [f"## {subject[0].upper()}{subject[1:]}", "", "| use | here | why |", "|---|---|---|"]
        lines += [f"| {use.name} | {use.verdict} | {use.why} |" for of, use in USES if of == subject]
        tables.append("\n".join(lines))
    return text + "\n\n".join(tables) + "\n"


if __name__ == "__main__":
    GUIDE.write_text(guide(), encoding="utf-8")
