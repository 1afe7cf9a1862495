"""Keys of input methods and of layouts without Latin letters, as a browser reports them: in a real Chromium."""

from __future__ import annotations

KEY = """([selector, init]) => {
  const press = { bubbles: true, cancelable: true, ...init };
  (selector ? document.querySelector(selector) : document.body).dispatchEvent(new KeyboardEvent('keydown', press));
}"""
STROKES = "sprintLive.journal.visible().length"


def press(page, *, at: str = "", **init: object) -> None:
    page.evaluate(KEY, [at, init])


def test_a_word_is_committed_in_the_prompt_and_no_stroke_is_lost(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    canvas.stroke([(0.2, 0.2), (0.8, 0.3)], steps=4)
    page.wait_for_function(f"{STROKES} === 1")
    page.focus("#sl-prompt")
    for composing in ({"isComposing": True}, {"keyCode": 229}):
        press(page, at="#sl-prompt", key="Enter", code="Enter", **composing)
        assert page.evaluate("document.activeElement.id") == "sl-prompt"
    press(page, key="z", code="KeyZ", ctrlKey=True, isComposing=True)
    assert page.evaluate(STROKES) == 1
    press(page, at="#sl-prompt", key="Enter", code="Enter")
    assert page.evaluate("document.activeElement.id") != "sl-prompt"  # an Enter of one's own leaves the prompt


def test_undo_is_where_z_is_on_layouts_without_latin_letters(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    for number, letter in enumerate("яζזئ", start=1):
        canvas.stroke([(0.2, 0.1 * number), (0.8, 0.1 * number)], steps=4)
        page.wait_for_function(f"{STROKES} === 1")
        press(page, key=letter, code="KeyZ", ctrlKey=True)
        page.wait_for_function(f"{STROKES} === 0")
