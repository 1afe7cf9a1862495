"""Every word of the page is in every language: the English text is the key of web/languages/*.json."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from controlnet.maps import detector_titles
from support.paths import WEB

FILES = sorted((WEB / "languages").glob("*.json"))
READ_ALOUD = ("title", "aria-label", "placeholder", "alt")
NAMES = {"Sprint Live", "JPEG", "PNG", "WebP", "SVG", "GIF"}  # the same in every language
WHAT_TO_DO = (
    "add the English text as a key to web/languages/en.json (value: the same text) and its translations to the files "
    "beside it"
)


class _Words(HTMLParser):
    """Texts and read-aloud attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.found.update(value for name, value in attrs if name in READ_ALOUD and value)

    def handle_data(self, data):
        self.found.add(" ".join(data.split()))


def words_of_the_page() -> set[str]:
    parser = _Words()
    parser.feed((WEB / "page.html").read_text("utf-8"))
    return {words for words in parser.found if re.search(r"[^\W\d_]", words)} - NAMES


def scripts() -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted(WEB.rglob("*.js")))


def literals(pattern: str) -> set[str]:
    return {text.replace("\\'", "'") for text in re.findall(pattern, scripts())}


def table(path: Path) -> dict[str, str]:
    return json.loads(path.read_text("utf-8"))


ENGLISH = table(WEB / "languages" / "en.json")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_language_has_the_same_keys_and_holes_and_leaves_none_empty(path):
    words = table(path)
    assert set(words) == set(ENGLISH), f"{path.name} against en.json: {WHAT_TO_DO}"
    assert list(words) == sorted(words), f"{path.name}: keys in alphabetical order, so that two additions seldom meet"
    for english, translated in words.items():
        assert translated.strip(), f"{path.name} leaves {english!r} empty"
        assert sorted(re.findall(r"\{\w+\}", translated)) == sorted(re.findall(r"\{\w+\}", english)), (
            f"{path.name}: the holes of {english!r}"
        )
    assert path.stem != "en" or all(english == translated for english, translated in words.items())


def test_every_word_of_the_markup_and_of_the_scripts_is_a_key():
    missing = words_of_the_page() - set(ENGLISH)
    assert not missing, f"page.html says {sorted(missing)}: {WHAT_TO_DO}"
    missing = literals(r"\b(?:label|help): '((?:[^'\\\n]|\\.)*)'") - set(ENGLISH)
    assert not missing, f"a row of actions.js says {sorted(missing)}: {WHAT_TO_DO}"
    missing = literals(r"\bt\('((?:[^'\\\n]|\\.)*)'") - set(ENGLISH)
    assert not missing, f"a script says {sorted(missing)}: {WHAT_TO_DO}"
    assert not re.findall(r"\bt\(`", scripts()), "t() takes a plain text with {holes}, no template: it is a key"


def test_no_key_is_left_over():
    known, source = words_of_the_page() | set(detector_titles().values()), scripts()
    unused = {words for words in set(ENGLISH) - known if f"'{words}'" not in source}
    assert not unused, "nothing on the page says these: take them out of every file in web/languages/"


def test_the_page_offers_exactly_the_files_there_are():
    listed = re.search(r"LANGUAGES = \{(.*?)\}", (WEB / "i18n" / "language.js").read_text("utf-8")).group(1)
    assert re.findall(r"(\w+):", listed) and sorted(re.findall(r"(\w+): '", listed)) == [path.stem for path in FILES]
