"""The page for everyone, in a real Chromium: axe finds nothing serious, the keyboard reaches everything,
a reader hears the state.
"""

from __future__ import annotations

import pytest

from support.browser.axe import axe_source

LINE = [(0.2, 0.3), (0.4, 0.5), (0.7, 0.45)]
FOUND = """async (inside) => {
  const { violations } = await axe.run(inside, { resultTypes: ['violations'] });
  return violations.filter(({ impact }) => ['serious', 'critical'].includes(impact))
    .map(({ id, help, nodes }) =>
      `${id}: ${help}: ${nodes.map((node) => `${node.target} ${node.any[0]?.message ?? ''}`).join(' | ')}`);
}"""
OPEN_ALL = """() => {
  const root = document.querySelector('#sprint-live');
  const parts = '.sl-panel, .sl-part, .sl-stages, .sl-live-bar, .sl-history-bar';
  for (const part of root.querySelectorAll(parts)) part.hidden = false;
  root.querySelector('.sl-settings').classList.add('is-open');
  sprintLive.readout.say('Something is said here.', true);
}"""


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)], ids=["desk", "phone"])
def test_axe_finds_nothing_serious(open_canvas, size):
    source = axe_source()
    canvas = open_canvas(
        viewport={"width": size[0], "height": size[1]}, has_touch=size[0] < 800, reduced_motion="reduce"
    )
    page = canvas.page
    page.evaluate(source)
    found = {"first visit": page.evaluate(FOUND, "body")}
    canvas.stroke(LINE)
    canvas.settle()
    page.click("#sl-keep")
    for theme in ("light", "dark"):
        page.evaluate("dark => document.body.classList.toggle('dark', dark)", theme == "dark")
        found[f"drawn, {theme}"] = page.evaluate(FOUND, "body")
        for sheet in ("gallery-sheet", "timelapse-sheet", "sheet"):
            if sheet == "gallery-sheet":
                page.evaluate("sprintLive.gallery.show()")
            page.evaluate("sheet => document.querySelector(`#sl-${sheet}`).showModal()", sheet)
            found[f"{sheet}, {theme}"] = page.evaluate(FOUND, f"#sl-{sheet}")
            page.keyboard.press("Escape")
    page.evaluate(OPEN_ALL)
    for theme in ("dark", "light"):
        page.evaluate("dark => document.body.classList.toggle('dark', dark)", theme == "dark")
        found[f"all open, {theme}"] = page.evaluate(FOUND, "body")
    assert not {state: problems for state, problems in found.items() if problems}


FOCUSED = """() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const ring = [element, element.parentElement, element.nextElementSibling].filter(Boolean).some((one) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2)
      || (boxShadow !== 'none' && one !== element.parentElement);
  });
  const shown = element.getClientRects().length > 0 && style.visibility === 'visible';
  return [element.id || `${element.name}=${element.value}`, ring, shown];
}"""


def tab_through(page, number: int) -> list:
    seen = []
    for _ in range(number):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(FOCUSED))
    return seen


def test_the_keyboard_reaches_everything_and_shows_where_it_is(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    canvas.stroke(LINE)
    canvas.settle()
    page.evaluate("document.activeElement.blur()")
    seen = [one for one in tab_through(page, 80) if one[0] != "undefined=undefined"]  # past the end: the page itself
    names = [name for name, _, _ in seen]
    wanted = page.evaluate("""() =>
      [...document.querySelectorAll('#sprint-live button, #sprint-live select, #sprint-live input')]
        .filter((one) => one.id && !one.disabled && one.tabIndex >= 0 && one.getClientRects().length)
        .map(({ id }) => id)""")
    assert set(wanted) <= set(names), f"Tab does not reach {set(wanted) - set(names)}"
    assert all(is_shown for _, _, is_shown in seen), f"the focus goes where nothing is seen: {seen}"
    assert not [name for name, ring, _ in seen if not ring], "no ring shows where the focus is"
    names = names[names.index("sl-status") :]
    order = [names.index(name) for name in ("sl-gallery", "sl-brush", "sl-undo", "sl-keep", "sl-prompt", "sl-dice")]
    assert order == sorted(order)  # as it is read: head, sketch, picture, words


def test_dialogs_and_panels_take_the_focus_and_give_it_back(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    for button, sheet in (("gallery", "gallery-sheet"), ("help", "sheet")):
        page.focus(f"#sl-{button}")
        page.keyboard.press("Enter")
        page.wait_for_selector(f"#sl-{sheet}[open]")
        inside = (
            f"document.querySelector('#sl-{sheet}').contains(document.activeElement) || "
            "document.activeElement === document.body"
        )
        for _ in range(8):
            page.keyboard.press("Tab")
            assert page.evaluate(inside)
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.id") == f"sl-{button}"
    page.focus("#sl-files")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(
        "document.querySelector('#sl-files-panel').contains(document.activeElement)"
    )  # right behind its button
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "sl-files" and page.locator("#sl-files-panel").is_hidden()


def test_what_happens_is_said_aloud_and_the_system_is_heard(open_canvas, live_server):
    canvas = open_canvas(reduced_motion="reduce", color_scheme="dark")
    page = canvas.page
    page.wait_for_function("document.querySelector('#sl-said[role=status]').textContent === 'Ready'")
    assert page.evaluate("document.body.classList.contains('dark')")  # as the system wants it
    moving = page.evaluate("""() => [...document.querySelectorAll('#sprint-live *')].filter((one) => {
      const { animationName, transitionDuration } = getComputedStyle(one);
      return animationName !== 'none' || parseFloat(transitionDuration) > 0;
    }).length""")
    assert moving == 0
    canvas.stroke(LINE)
    canvas.stroke([(0.2, 0.8), (0.4, 0.8)])
    canvas.settle()
    live_server.engine.fail = ValueError("the lamp went out")
    page.click("#sl-undo")
    page.wait_for_function("document.querySelector('#sl-said').textContent.includes('failed')")
    assert page.locator("#sl-toast[role=alert]").count() == 1
