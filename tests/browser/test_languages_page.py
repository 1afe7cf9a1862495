"""The page in another language, in a real Chromium: nothing on it stays English, and the switch keeps the drawing."""

from __future__ import annotations

import json
import re

from support.paths import WEB

LINE = [(0.2, 0.3), (0.4, 0.5), (0.7, 0.45)]
# every text and read-aloud attribute under the page, shown or not, but for what people, models and files are called
SAID = """() => {
  const root = document.querySelector('#sprint-live');
  const said = [];
  const names = '#sl-model, #sl-language, .sl-tiles, #sl-presets, #sl-detector, #sl-kept b, datalist, kbd, h1';
  for (const { content } of root.querySelectorAll('template')) {
    said.push(...[...content.querySelectorAll('[title]')].map(({ title }) => title));
  }
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    if (!texts.currentNode.parentElement.closest(names)) said.push(texts.currentNode.data.trim());
  }
  for (const name of ['title', 'aria-label', 'placeholder', 'alt']) {
    for (const element of root.querySelectorAll(`[${name}]`)) {
      if (!element.closest(names)) said.push(element.getAttribute(name));
    }
  }
  return said;
}"""
THE_SAME = {"JPEG", "PNG", "WebP", "SVG", "GIF", "ms", "px"}


TOO_WIDE = """() => {
  const root = document.querySelector('#sprint-live');
  const panels = [...root.querySelectorAll('.sl-panel')].filter((panel) => panel.hidden);
  for (const panel of panels) panel.hidden = false;
  const wide = [...root.querySelectorAll('.sl-strip, .sl-head, .sl-row, .sl-join, .sl-button')]
    .filter((one) => one.clientWidth && one.scrollWidth > one.clientWidth + 1);
  const said = wide.map((one) =>
    `${one.className} ${one.id}: ${one.textContent.trim().replace(/\\s+/g, ' ').slice(0, 60)}`);
  for (const panel of panels) panel.hidden = true;
  return said;
}"""


def in_brackets(open_canvas):
    """The page in a German that is the English in brackets."""
    english = json.loads((WEB / "languages" / "en.json").read_text("utf-8"))
    words = json.dumps({key: f"⟦{key}⟧" for key in english})
    messages = json.loads((WEB / "languages" / "messages" / "en.json").read_text("utf-8"))
    said = json.dumps(
        {code: "⟦" + " ".join([code, *re.findall(r"{\w+}", text)]) + "⟧" for code, text in messages.items()}
    )

    def serve(page):
        page.route("**/languages/de.json", lambda route: route.fulfill(body=words, content_type="application/json"))
        page.route(
            "**/languages/messages/de.json", lambda route: route.fulfill(body=said, content_type="application/json")
        )

    return open_canvas(prepare=serve, locale="de-AT")


def visits(canvas):
    """The page in one state after another, every panel and sheet among them."""
    page = canvas.page
    yield "first visit"
    canvas.stroke(LINE)
    canvas.settle()
    page.click("#sl-latency")
    page.keyboard.press("?")
    yield "stages and keys"
    page.keyboard.press("Escape")
    page.click("#sl-keep")
    page.wait_for_function("!document.querySelector('#sl-toast').hidden")
    page.click("#sl-gallery")
    page.wait_for_selector("#sl-kept li")
    page.locator("#sl-kept li button").last.click()
    yield "gallery, about to delete"
    page.keyboard.press("Escape")
    page.click("#sl-vary")
    page.wait_for_selector("#sl-varied button:not(:disabled)")
    yield "variations"
    page.keyboard.press("Escape")
    page.click("#sl-layers")
    page.click("#sl-layer-add")
    yield "two layers"
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    yield "pinning"
    page.keyboard.press("Escape")
    page.keyboard.press("Control+a")
    page.click("#sl-history")
    page.click("#sl-timelapse")
    page.select_option("#sl-film-length", "3")
    page.click("#sl-film-start")
    yield "timelapse"
    page.keyboard.press("Escape")
    for code, retry_ms in ((1013, 100), (1006, 100), (4001, None), (1008, None)):
        page.evaluate("([code, retryInMs]) => sprintLive.onDown({ code, retryInMs })", [code, retry_ms])
        yield f"down with {code}"


def test_nothing_on_the_page_is_left_in_english(open_canvas):
    canvas = in_brackets(open_canvas)
    said = {text for _ in visits(canvas) for text in canvas.page.evaluate(SAID)}
    words = {text: set(re.findall(r"[^\W\d_]{2,}", re.sub(r"⟦[^⟧]*⟧", "", text))) - THE_SAME for text in said}
    left = sorted(text for text, english in words.items() if english and not re.fullmatch(r"#[0-9a-f]{6}", text))
    assert not left, f"said in English on a page in another language: {left}; in a script wrap it in t('...')"
    assert any("⟦Brush" in text for text in said)


def test_what_the_server_says_is_said_in_the_persons_language(open_canvas):
    page = in_brackets(open_canvas).page
    page.evaluate(
        "sprintLive.onError({ code: 'engine.failed', params: { why: 'KeyError: x' }, text: 'E', closeCode: 0 })"
    )
    assert page.locator("#sl-toast p").inner_text() == "⟦engine.failed KeyError: x⟧"
    page.evaluate("sprintLive.onError({ code: '', params: {}, text: 'a sentence of the owner', closeCode: 0 })")
    assert page.locator("#sl-toast p").inner_text() == "a sentence of the owner"


def test_the_switch_changes_the_language_and_keeps_the_drawing(open_canvas):
    canvas = open_canvas(locale="fr-CH")
    page = canvas.page
    assert (
        page.locator("#sl-brush").get_attribute("aria-label") == "Pinceau"
        and page.evaluate("document.documentElement.lang") == "fr"
    )
    assert page.evaluate(TOO_WIDE) == []
    canvas.stroke(LINE)
    strokes = canvas.strokes()[0].visible()
    page.select_option("#sl-language", "de")
    page.wait_for_function(
        "document.querySelector('#sl-brush')?.getAttribute('aria-label') === 'Pinsel' && window.sprintLive"
    )
    canvas.wait_ready()
    assert canvas.strokes()[0].visible() == strokes and page.evaluate(TOO_WIDE) == []
    page.reload()
    canvas.wait_ready()
    assert (
        page.input_value("#sl-language") == "de"
        and page.locator("#sl-undo").get_attribute("title") == "Rückgängig (Strg+Z)"
    )
