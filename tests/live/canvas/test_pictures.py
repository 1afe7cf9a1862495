"""A picture laid under the lines to paint over: what may come, where its pixels land,
and that undo draws the same bytes.
"""

from __future__ import annotations

import io

import cv2
import numpy as np
import pytest
from PIL import Image

from sprint_live.errors import MessageTooLarge, ProtocolError, SketchError, SketchTooLarge
from sprint_live.live.canvas import images as pictures_module
from sprint_live.live.canvas.edits import ONE, Arrange, Copy, Layer, Transform
from sprint_live.live.canvas.history import History
from sprint_live.live.canvas.images import Pictures
from sprint_live.live.canvas.journal import Journal
from sprint_live.live.canvas.raster import Raster
from sprint_live.live.canvas.strokes import Stroke, Tool, pack_points
from sprint_live.live.sessions.session import Session
from sprint_live.live.wire.protocol import Begin, Edited, End, PictureGiven, Points, Undo, decode, encode
from sprint_live.live.wire.restore import restore_messages

NAME, OTHER = bytes(range(16)), bytes(range(16, 32))
RNG = np.random.default_rng(3)
SCENE_U8 = cv2.resize(RNG.integers(0, 256, (16, 16, 3), np.uint8), (1024, 1024), interpolation=cv2.INTER_CUBIC)


def png(pixels_u8: np.ndarray) -> bytes:
    out = io.BytesIO()
    Image.fromarray(pixels_u8).save(out, "PNG", compress_level=1)
    return out.getvalue()


def laid(stroke_id: int, corners, layer: int = 0, name: bytes = NAME) -> Stroke:
    points = pack_points([(float(x), float(y), 1.0, 0.0, 0.0, 0.0) for x, y in corners])
    return Stroke(stroke_id, Tool.PICTURE, 1, points, layer=layer, picture=name)


def box(left, top, right, bottom):
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def brush(stroke_id: int, tool: Tool, y: float) -> Stroke:
    points = pack_points([(float(x), y, 1.0, 0.0, 0.0, 8.0) for x in range(100, 900, 40)])
    return Stroke(stroke_id, tool, 40 * 16, points, (250, 10, 30))


def shelf(**pictures: np.ndarray) -> Pictures:
    held = Pictures()
    held.give(NAME, png(pictures.get("scene", SCENE_U8)), ())
    return held


def painted(entries, held: Pictures) -> np.ndarray:
    raster = Raster(held)
    raster.update(tuple(entries))
    return raster.painting(with_lines=False)


def test_a_picture_of_the_papers_size_is_the_painting_byte_for_byte_and_lines_stay_lines():
    held = shelf()
    entries = (
        brush(1, Tool.BRUSH, 300),
        laid(2, box(0, 0, 1024, 1024)),
        brush(3, Tool.PAINT, 600),
        brush(4, Tool.ERASER, 800),
    )
    page = painted(entries, held)
    assert (page[:250] == SCENE_U8[:250]).all() and (
        page[300] == SCENE_U8[300]
    ).all()  # a line lies over paint, not in it
    assert tuple(page[600, 500]) == (250, 10, 30) and tuple(page[800, 500]) == (255, 255, 255)
    lines = Raster(held).update(entries)
    assert lines[300, 500] == 0 and (lines[400:1000] == 255).all()  # a picture is no control


def test_a_picture_is_no_color_of_the_page_and_paint_beside_it_is():
    raster, alone = Raster(shelf()), Raster()
    paint, more = brush(3, Tool.PAINT, 600), brush(5, Tool.PAINT, 200)
    for entries in ((laid(2, box(0, 0, 1024, 1024)), paint), (laid(2, box(0, 0, 1024, 1024)), paint, more), (more,)):
        raster.update(entries)
        alone.update(tuple(one for one in entries if one.tool is Tool.PAINT))
        assert np.array_equal(raster.colors(), alone.colors()) and raster.colors().any()


def test_it_lies_where_its_corners_are_small_turned_or_flipped():
    flag = np.zeros((400, 400, 3), np.uint8)
    flag[:200, :200], flag[:200, 200:], flag[200:, :200], flag[200:, 200:] = (
        (255, 0, 0),
        (0, 255, 0),
        (0, 0, 255),
        (9, 9, 9),
    )
    page = painted([laid(1, box(100, 200, 300, 600))], shelf(scene=flag))
    assert [tuple(page[y, x]) for y, x in ((250, 120), (250, 280), (590, 120), (590, 280))] == [
        (255, 0, 0),
        (0, 255, 0),
        (0, 0, 255),
        (9, 9, 9),
    ]
    assert (page[:198] == 255).all() and (page[:, 302:] == 255).all() and (page[602:] == 255).all()
    quarter = Transform((1,), 0, 0, 1024 * 16, 0, -ONE, ONE)  # a quarter turn: x is 1024 - y, y is x
    turned = painted([laid(1, box(100, 200, 300, 600)), quarter], shelf(scene=flag))
    error = np.abs(turned.astype(int) - np.rot90(page, -1).astype(int))
    assert error.mean() < 0.2 and (error > 64).mean() < 0.002
    mirrored = painted([laid(1, box(100, 200, 300, 600)), Transform((1,), -ONE, ONE, 1024 * 16, 0)], shelf(scene=flag))
    assert np.abs(mirrored.astype(int) - page[:, ::-1].astype(int)).mean() < 0.2


def test_a_large_picture_laid_small_is_averaged_not_picked_from():
    stripes = np.zeros((1024, 1024, 3), np.uint8)
    stripes[:, ::2] = 255
    page = painted([laid(1, box(200, 200, 456, 456))], shelf(scene=stripes))
    assert np.abs(page[210:440, 210:440].astype(int) - 128).max() <= 2


def test_undo_under_and_over_it_gives_the_bytes_of_a_whole_drawing():
    held = shelf()
    layers = Arrange((Layer(0), Layer(4, 60)))
    entries = [brush(1, Tool.PAINT, 300), layers, laid(2, box(60, 60, 800, 700), layer=4), brush(3, Tool.PAINT, 500)]
    entries += [Copy(Transform((2, 3), ONE // 2, ONE // 2, 900, 3000), 10, 4, 24), brush(4, Tool.ERASER, 520)]
    raster = Raster(held)
    for _ in range(2):
        for count in [*range(1, len(entries) + 1), 3, 6, 2, 5, 4, 6]:
            raster.update(tuple(entries[:count]))
            assert np.array_equal(raster.painting(with_lines=False), painted(entries[:count], held)), count
    for layers in ((Layer(0), Layer(4, 20)), (Layer(0), Layer(4, shown=False)), (Layer(4, 70), Layer(0))):
        arranged = (*entries, Arrange(layers))
        raster.update(arranged)
        assert np.array_equal(raster.painting(with_lines=False), painted(arranged, held))
        raster.update(tuple(entries))
    moved = (*entries, Transform((2,), ONE, ONE, 700, 30, 3000, -3000))
    raster.update(moved)
    assert np.array_equal(raster.painting(with_lines=False), painted(moved, held))


def test_a_picture_is_drawn_whole_or_not_at_all():
    whole, held = laid(1, box(0, 0, 1024, 1024)), shelf()
    raster = Raster(held)
    for points in (10, 30, 40):
        part = Stroke(1, Tool.PICTURE, 1, whole.points[:points], picture=NAME)
        raster.update((part,))
        assert np.array_equal(raster.painting(with_lines=False), SCENE_U8) == (points == 40)


def test_a_picture_that_is_the_last_mark_is_laid_once_however_often_the_paper_is_asked_for():
    held = shelf()
    leaning = (laid(1, [(200, 100), (800, 300), (600, 900), (0, 700)]),)
    raster = Raster(held)
    for _ in range(3):
        raster.update(leaning)
        assert np.array_equal(raster.painting(with_lines=False), painted(leaning, held))
    more = (Stroke(1, Tool.PICTURE, 1, leaning[0].points + bytes(10), picture=NAME),)  # a fifth corner: no picture
    raster.update(more)
    assert np.array_equal(raster.painting(with_lines=False), painted(more, held))


def test_a_session_needs_the_picture_before_the_stroke_and_brings_both_back():
    session = Session(bytes(16))
    pen = Stroke(1, Tool.PICTURE, 1, picture=NAME)
    with pytest.raises(ProtocolError, match="the PICTURE before it"):
        session.apply(Begin(1, pen))
    session.apply(decode(encode(PictureGiven(1, NAME, png(SCENE_U8[:64, :64])))))
    session.apply(Begin(2, pen))
    session.apply(Points(3, 1, laid(1, box(0, 0, 64, 64)).points))
    session.apply(End(4, 1))
    session.raster.update(session.request().strokes)
    assert (session.raster.painting(with_lines=False)[:64, :64] == SCENE_U8[:64, :64]).all()
    session.rest(0.0)
    session.raster.update(session.request().strokes)
    assert (session.raster.painting(with_lines=False)[:64, :64] == SCENE_U8[:64, :64]).all()
    with pytest.raises(ProtocolError, match="one name for each picture"):
        session.apply(PictureGiven(5, NAME, png(SCENE_U8[:32, :32])))
    session.apply(Undo(5))
    [restore] = restore_messages(session.journal, 6)
    other = Session(bytes(16))
    with pytest.raises(ProtocolError, match="the PICTURE before it"):
        other.apply(restore)
    assert other.journal == Journal()
    session.apply(restore)
    assert session.journal.undone[0].picture == NAME


def test_a_copy_that_lies_about_its_points_is_refused():
    session = Session(bytes(16))
    session.apply(Begin(1, Stroke(1, Tool.BRUSH, 96)))
    session.apply(Points(2, 1, bytes(50)))
    for seq, count in ((3, 4), (4, 0), (5, 6)):
        with pytest.raises(ProtocolError, match="the 5 of its strokes"):
            session.apply(Edited(seq, Copy(Transform((1,)), 2, 0, count)))
    session.apply(Edited(3, Copy(Transform((1,)), 2, 0, 5)))
    assert session.journal.num_points == 5 + 5 + 1
    for i in range(14):  # copies of copies double: the limit of a drawing ends it
        ids = tuple(range(1, 2 ** (i + 1) + 1))
        session.apply(Edited(4 + i, Copy(Transform(ids), 1 + len(ids), 0, 5 * len(ids))))
    with pytest.raises(MessageTooLarge, match="200000 points"):
        session.apply(Edited(30, Copy(Transform(tuple(range(1, 19001))), 70000, 0, 5 * 19000)))
    lie = Copy(Transform((1,)), 2, 0, 1)
    forged = Journal(History.of((Stroke(1, Tool.BRUSH, 96, bytes(50)), lie)), (), None, 7)
    with pytest.raises(ProtocolError, match="a copy of 1 points"):
        session.apply(restore_messages(forged, 31)[0])


def test_what_is_no_small_picture_is_refused_and_unneeded_ones_make_room(monkeypatch):
    held = Pictures()
    with pytest.raises(SketchError, match="PNG, JPEG or WebP"):
        held.give(NAME, b"GIF89a" + bytes(50), ())
    with pytest.raises(SketchTooLarge, match="1025x8"):
        held.give(NAME, png(np.zeros((8, 1025, 3), np.uint8)), ())
    small = png(SCENE_U8[:40, :40])
    monkeypatch.setattr(pictures_module, "MAX_PICTURES_BYTES", 2 * len(small) + 5)
    held.give(NAME, small, ())
    held.give(OTHER, small, ())
    held.give(b"3" * 16, small, {OTHER})
    assert NAME not in held and OTHER in held
    with pytest.raises(SketchError, match="not here"):
        held.pixels(NAME)
    with pytest.raises(SketchTooLarge, match="too many pictures"):
        held.give(NAME, small, {OTHER, b"3" * 16})
