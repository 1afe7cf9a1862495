"""American spelling in everything a person reads: code, comments, messages, guides, the page's English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.paths import ROOT

BRITISH = {
    "colour": "color",
    "grey": "gray",
    "centre": "center",
    "centring": "centering",
    "neighbour": "neighbor",
    "licence": "license",
    "behaviour": "behavior",
    "favour": "favor",
    "honour": "honor",
    "flavour": "flavor",
    "judgement": "judgment",
    "acknowledgement": "acknowledgment",
    "labelled": "labeled",
    "modelled": "modeled",
    "levelled": "leveled",
    "signalled": "signaled",
    "travelling": "traveling",
    "towards": "toward",
    "learnt": "learned",
    "misspelt": "misspelled",
    "whilst": "while",
    "catalogue": "catalog",
    "artefact": "artifact",
    "defence": "defense",
    "programme": "program",
}
STEMS = (
    "quanti|normali|organi|initiali|optimi|reali|recogni|generali|speciali|minimi|maximi|synchroni|seriali|standardi|visuali"
    "|summari|vectori|tokeni|rasteri|characteri|customi|equali|regulari|parametri|parameteri|discreti|lineari|stabili"
)
WORD = re.compile(
    rf"(?:(?<![a-z])(?:towards|programme)(?![a-z])|{'|'.join(sorted(set(BRITISH) - {'towards', 'programme'}))}"
    rf"|(?:{STEMS})s(?:e|ed|es|ing|er|ers|ation|ations)(?![a-z]))",
    re.IGNORECASE,
)
# what files and programs out there already say
KEPT = re.compile(
    # keys of JSON; a word of captions
    r"""(?<!\w)(["'])(?:licences?|colours?|colour_obedience|colour_change_followed|grey)\1"""
    r"""|aria-labelledby|`LicenceError`|--licence\b|/licences\b"""
    r"""|\{ gap: this\.pad\.gap, sizes: this\.pad\.sizes, colour:"""
    r"""|restore\(\{ sizes, colour: color,"""
)
KINDS = {".py", ".js", ".mjs", ".md", ".html", ".css", ".toml", ".yaml", ".yml", ".sh", ".ipynb"}
ROOMS = ("sprint_live", "controlnet", "tests", "scripts", ".ci", "assets/guides", "assets/notebooks")
LOOSE = [
    ROOT / name
    for name in ("NOTICE", "Dockerfile", "assets/sprint-tiny/README.md", "sprint_live/web/languages/en.json")
]
ELSEWHERE = [ROOT / "sprint_live/web/languages/messages/en.json", *LOOSE]


def texts() -> list[Path]:
    inside = [path for room in ROOMS for path in (ROOT / room).rglob("*") if path.suffix in KINDS and path.is_file()]
    loose = [path for path in ROOT.glob("*") if path.suffix in KINDS]
    return sorted({*inside, *loose, *ELSEWHERE} - {Path(__file__)})


def british(text: str) -> list[str]:
    return WORD.findall(KEPT.sub("", text))


@pytest.mark.parametrize("room", [*ROOMS, "top"])
def test_words_are_spelled_as_americans_do(room):
    found = {}
    for path in texts():
        name = path.relative_to(ROOT).as_posix()
        if next((one for one in ROOMS if name.startswith(one + "/")), "top") != room:
            continue
        words = [*british(path.read_text("utf-8")), *WORD.findall(name)]
        if words:
            found[name] = sorted(set(words))
    assert not found, f"British spelling; the American one is in BRITISH of {Path(__file__).name}: {found}"


def test_the_word_list_sees_what_it_is_for():
    assert british("The Colour is greyish, quantised, rasterisation, towards the centre") == [
        "Colour",
        "grey",
        "quantised",
        "rasterisation",
        "towards",
        "centre",
    ]
    assert british('promise, precise, otherwise, exercise, realistic, optimistic, {"licence": 1}') == []
