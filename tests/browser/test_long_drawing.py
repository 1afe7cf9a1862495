"""Drawing over the day: in a drawing of 2,000 strokes, layers and a picture the pen is as quick as on white paper."""

from __future__ import annotations

import statistics

FILL = """async (count) => {
  const live = sprintLive;
  const { packPoints } = await import(new URL('wire/protocol.js', live.base));
  live.layers.add();
  const canvas = new OffscreenCanvas(512, 512);
  const context = canvas.getContext('2d');
  for (let i = 0; i < 100; i += 1) {
    context.fillStyle = `hsl(${(i * 37) % 360} 70% 60%)`;
    context.fillRect((i * 53) % 480, (i * 97) % 480, 60, 60);
  }
  await live.paintOver.layPhoto(await canvas.convertToBlob({ type: 'image/jpeg' }));
  const layers = live.journal.layers.map(({ id }) => id);
  for (let i = 0; i < count; i += 1) {
    const tool = i % 7 === 6 ? 1 : i % 5 === 4 ? 2 : 0;
    live.journal.begin({ tool, width: 60 + (i % 90), rgb: [i % 256, 90, 40], mirror: 0,
      layer: layers[i % layers.length] });
    live.journal.append(packPoints(Array.from({ length: 12 }, (_, k) => (
      {
        x: 40 + ((i * 37) % 900) + 5 * k, y: 40 + ((i * 53) % 940) + (k % 3) * 9,
        pressure: 1, tiltX: 0, tiltY: 0, dt: 8,
      }))));
    live.journal.end();
  }
  live.sendAll();
  live.redraw();
}"""
TIMED = """() => {
  const { pad } = sprintLive;
  window.moves = [];
  const move = pad.move;
  pad.move = (event) => {
    const from = performance.now();
    move.call(pad, event);
    if (event.buttons) window.moves.push(performance.now() - from);
  };
}"""


def draw(canvas) -> list[float]:
    """A long stroke with a real pointer: ms of the page's own work for each move."""
    canvas.page.evaluate("window.moves = []")
    canvas.stroke([(0.2, 0.2), (0.8, 0.3), (0.3, 0.7), (0.8, 0.8)], steps=25)
    return canvas.page.evaluate("window.moves")


def test_two_thousand_strokes_layers_and_a_picture_do_not_slow_the_pen(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    page.evaluate(TIMED)
    draw(canvas)
    on_white = draw(canvas)
    page.evaluate(FILL, 2000)
    page.wait_for_timeout(1500)
    drawn = page.evaluate("sprintLive.pad.sheets.strokesDrawn")
    in_the_crowd = draw(canvas)
    assert page.evaluate("sprintLive.pad.sheets.strokesDrawn") == drawn and len(in_the_crowd) > 50
    white_ms, crowd_ms = statistics.median(on_white), statistics.median(in_the_crowd)
    print(f"a move: {white_ms:.2f} ms on white paper, {crowd_ms:.2f} ms among 2,000 strokes")
    assert crowd_ms < 2 * white_ms + 1


def test_a_save_of_a_long_drawing_writes_its_end_only_and_a_state_is_worked_out_once(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    page.evaluate(FILL, 2000)
    page.evaluate("window.before = sprintLive.journal.toKeep()")
    canvas.stroke([(0.2, 0.2), (0.8, 0.3)], steps=5)
    same, count = page.evaluate(
        "(() => { const now = sprintLive.journal.toKeep(); "
        "return [now.filter((part, i) => part === before[i]).length, now.length]; })()"
    )
    assert count >= 12 and same >= count - 2  # the last one, and the one that was the last
    assert page.evaluate("sprintLive.journal.marks() === sprintLive.journal.marks()")
    journal = canvas.strokes()[0]
    states = (
        "(() => { const { journal } = sprintLive; "
        "return [journal.blank, journal.marks().length, journal.canClear]; })()"
    )
    assert page.evaluate(states) == [False, 2004, True]  # strokes, the picture, and two arrangements of layers
    page.click("#sl-clear")
    assert page.evaluate(states)[0] is True and page.evaluate(states)[2] is False
    page.keyboard.press("Control+z")
    assert page.evaluate(states)[1] == 2004 and canvas.strokes()[0].entries == journal.entries
    page.evaluate("sprintLive.store.touch(); sprintLive.store.flush()")
    page.wait_for_timeout(500)
    page.reload()
    canvas.wait_ready()
    assert canvas.strokes()[0].entries == journal.entries


def test_a_hundred_and_ten_entries_of_every_kind_are_undone_after_a_reload(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    canvas.stroke([(0.3, 0.3), (0.5, 0.5)], steps=3)
    page.evaluate("""async () => {
      const canvas = new OffscreenCanvas(64, 64);
      canvas.getContext('2d').fillRect(0, 0, 32, 64);
      await sprintLive.paintOver.layPhoto(await canvas.convertToBlob({ type: 'image/png' }));
      sprintLive.layers.use(0);
      sprintLive.selection.all();
      for (let i = 0; i < 27; i += 1) {
        sprintLive.selection.turn(0.1);
        sprintLive.selection.copy();
        sprintLive.selection.stretch(-1, 1);
        sprintLive.layers.change(0, { opacity: 40 + i });
      }
    }""")
    journal = canvas.strokes()[0]
    assert len(journal.entries) == 3 + 4 * 27
    page.evaluate("sprintLive.store.touch(); sprintLive.store.flush()")
    page.wait_for_timeout(500)
    page.reload()
    canvas.wait_ready()
    assert canvas.strokes()[0] == journal
    for _ in range(110):  # the picture goes with its layer
        page.keyboard.press("Control+z")
    assert canvas.strokes()[0].entries == () and page.evaluate("sprintLive.journal.blank")
    for _ in range(110):
        page.keyboard.press("Control+Shift+z")
    assert canvas.strokes()[0] == journal
