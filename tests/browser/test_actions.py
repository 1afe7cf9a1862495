"""An action is one row of web/actions/actions.js: its button, title, shortcut and help line come from it,
in a real Chromium.
"""

from __future__ import annotations

import re

from support.paths import WEB

ROW = """
  { name: 'shake', bar: 'draw', icon: 'dice', label: 'Shake', help: 'Shake the paper', keys: ['ctrl+j'],
    perform: (page) => { page.root.dataset.shaken = String(1 + Number(page.root.dataset.shaken ?? 0)); } },
"""
HELP_LINES = """() => [...document.querySelectorAll('#sl-sheet dl div')]
  .map((line) => [
    [...line.querySelectorAll('kbd')].map(({ textContent }) => textContent), line.querySelector('dd').textContent])"""
BUTTONS = """async () => {
  const { ACTIONS } = await import(new URL('live-web/actions/actions.js', document.baseURI));
  return ACTIONS.map(({ name, label, help = label, bar, icon, keys = [], alsoKeys = [], radio }) => {
    const input = radio && document.querySelector(`input[name="${radio[0]}"][value="${radio[1]}"]`);
    const button = radio ? input?.closest('label') : document.querySelector(`#sl-${name}`);
    return { name, label, help, bar, icon, keys, alsoKeys, title: button?.title, text: button?.textContent.trim(),
      lines: button?.querySelectorAll('svg *').length,
      heard: button?.getAttribute('aria-label') };
  });
}"""


def with_row(page) -> None:
    """The page as it would be with one more row in the table."""
    first = "const ACTIONS = ["

    def fulfill(route) -> None:
        answer = route.fetch()
        assert answer.text().count(first) == 1
        route.fulfill(response=answer, body=answer.text().replace(first, first + ROW))

    page.route("**/main.js", fulfill)


def test_a_row_makes_a_button_a_title_a_shortcut_and_a_line_of_the_help_sheet(open_canvas):
    page = open_canvas(prepare=with_row).page
    button = page.locator("#sl-shake")
    assert button.get_attribute("title") == "Shake the paper (Ctrl+J)" and button.get_attribute("aria-label") == "Shake"
    assert button.locator("svg rect").count() == 1 and button.is_visible()
    button.click()
    assert page.get_attribute("#sprint-live", "data-shaken") == "1"
    page.keyboard.press("Control+j")
    assert page.get_attribute("#sprint-live", "data-shaken") == "2"
    assert page.evaluate(HELP_LINES)[0] == [["Ctrl", "J"], "Shake the paper"]
    without = open_canvas().page
    assert without.locator("#sl-shake").count() == 0
    assert ["Ctrl", "J"] not in [keys for keys, _ in without.evaluate(HELP_LINES)]


def test_every_row_has_its_button_and_no_two_rows_share_a_name_or_a_key(open_canvas):
    page = open_canvas().page
    rows = page.evaluate(BUTTONS)
    assert page.locator("template[data-actions]").count() == 0
    keys = [key for row in rows for key in (*row["keys"], *row["alsoKeys"])]
    assert len(keys) == len(set(keys)) and len(rows) == len({row["name"] for row in rows}) > 60
    for row in rows:
        if row["bar"] is None:
            assert row["keys"], f"{row['name']} has neither a button nor a key"
            continue
        if row["name"] in (
            "unpin",
            "fit",
            "presets",
        ):  # more than their row: what is pinned, the paper's size, the choice
            continue
        assert row["title"].startswith(row["help"]), row
        assert bool(row["keys"]) == row["title"].endswith(")"), row
        assert row["heard"] == row["label"] if row["icon"] else row["text"] == row["label"], row
        assert not row["icon"] or row["lines"], row
    assert page.get_attribute(".sl-strip .sl-size", "title") == "Size ([ ])"
    assert len(page.evaluate(HELP_LINES)) == sum(bool(row["keys"]) for row in rows)


def test_the_keys_are_named_as_the_language_names_them(open_canvas):
    page = open_canvas(locale="de-DE").page
    assert page.get_attribute("#sl-redo", "title") == "Wiederholen (Strg+Umschalt+Z)"
    assert ["Strg", "Umschalt", "Z"] in [keys for keys, _ in page.evaluate(HELP_LINES)]


def test_a_key_says_why_it_can_do_nothing_yet(open_canvas):
    page = open_canvas().page
    for key, says in (("k", "keep the picture"), ("t", "paint over"), ("p", "should stay")):
        page.keyboard.press(key)
        page.wait_for_function("says => document.querySelector('#sl-toast p').textContent.includes(says)", arg=says)
    page.keyboard.press("h")
    assert page.locator("#sl-history-bar").is_hidden()


def test_the_markup_itself_holds_no_action():
    html = (WEB / "page.html").read_text("utf-8")
    ids = re.findall(r'<button[^>]*\bid="([\w-]+)"', html)
    assert ids == ["sl-status", "sl-latency"]  # what the server says; every other button that has a name is a row
