"""Pages of drawn things: what a caption says is true of the areas, and a colored page says the color itself."""

from __future__ import annotations

import numpy as np
import pytest

from controlnet.maps._colored_page import FLOOR, SPAN, color_page
from sprint_live.eval.color_words import color_word, lab_of
from sprint_live.train.data.captions import caption, part_phrase, plural, things
from sprint_live.train.data.color_words import ALSO, NAMED_COLORS, rgb_of
from sprint_live.train.data.drawn_scenes import DrawnSceneMaker, control_page
from sprint_live.train.data.hand import sample_hand
from sprint_live.train.data.kinds import all_kinds
from sprint_live.train.data.page import Named, PageOptions, draw_page
from sprint_live.train.data.phrases import read_phrases
from sprint_live.train.data.scene_mix import _COMMON, MIXES, NAMED_PARTS, SceneMix

SIDE = 128


def page(seed: int, **options: object):
    rng = np.random.default_rng(seed)
    return draw_page(SIDE, sample_hand(rng, SIDE), PageOptions(**options), rng)


def test_equal_generators_draw_equal_pages() -> None:
    one, other = page(3), page(3)
    assert np.array_equal(one.labels, other.labels) and np.array_equal(one.sketch_u8, other.sketch_u8)
    assert not np.array_equal(one.labels, page(4).labels)


@pytest.mark.parametrize("seed", range(12))
def test_every_said_color_is_the_color_of_its_areas(seed: int) -> None:
    drawn = page(seed, say=1.0, colored=0.0)
    said = 0
    for thing in drawn.placed:
        for named in thing.named:
            if named.said:
                near = np.abs(drawn.colors_01[list(thing.ids)] - rgb_of(named.color)).max(1) < 0.08
                assert near.sum() >= named.count, (thing.noun, named)
                said += 1
    assert said
    words = caption(drawn, material="comic", words="comic", place="", rng=np.random.default_rng(seed)).text
    spoken = {named.color for thing in drawn.placed for named in thing.named if named.said}
    forms = {color: (color, *ALSO.get(color, ())) for color in spoken}
    assert all(any(form in words for form in forms[color]) for color in spoken), (words, spoken)


def test_a_part_of_the_body_s_own_color_follows_it() -> None:
    seen = 0
    for seed in range(60):
        drawn = page(seed, kinds=("cat",), say=0.5, colored=0.0)
        for thing in drawn.placed:
            body = next((named for named in thing.named if named.body), None)
            tails = [named for named in thing.named if named.name == "tail" and not named.said]
            if body is not None and body.said and tails:
                seen += 1
                assert tails[0].color == body.color
    assert seen


def test_the_ink_has_no_gaps_where_the_sketch_has() -> None:
    gaps = 0
    for seed in range(20):
        drawn = page(seed)
        sketch, ink = drawn.sketch_u8 > 127, drawn.ink_u8 > 127
        gaps += int((ink & ~sketch).sum() > 0)
        assert ink.sum() > 0
    assert gaps


def test_a_colored_part_is_on_the_page_and_the_words_are_silent_or_wrong() -> None:
    found = compared = silent = wrong = 0
    contradicting = []
    for seed in range(40):
        drawn = page(seed, colored=1.0, say=0.0)
        if not drawn.colored:
            continue
        found += 1
        control = control_page(drawn, np.random.default_rng(seed)).astype(int)
        bare = (drawn.sketch_u8 == 0) & ~np.isin(drawn.labels, drawn.colored)
        assert control[bare].max() == 0
        assert np.array_equal(control[drawn.sketch_u8 == 255], np.full((int((drawn.sketch_u8 == 255).sum()), 3), 255))
        for part in drawn.colored:
            wanted = 255 * (FLOOR + SPAN * drawn.colors_01[part])
            area = control[(drawn.labels == part) & (drawn.sketch_u8 == 0)]
            painted = area[area.max(1) > 0.9 * 255 * FLOOR]
            if len(painted) > 12:  # a smaller dab is all edge
                compared += 1
                assert np.abs(painted.max(0) - wanted).max() < 3
        words = read_phrases(things(drawn, "", np.random.default_rng(seed)))[0]
        for named in (named for thing in drawn.placed for named in thing.named):
            on_page = named.ids[0] in drawn.colored
            assert on_page or not named.said, words
            silent, wrong = silent + (on_page and not named.said), wrong + (on_page and named.said)
            if named.said:
                seen = color_word(lab_of((255 * drawn.colors_01[named.ids[0]]).round().astype(np.uint8)))
                contradicting.append(seen != named.color)
    assert found > 10 and compared > 20 and 0.2 < wrong / (wrong + silent) < 0.5
    assert np.mean(contradicting) > 0.9  # "teal" may be called blue


def test_black_paint_is_not_the_bare_page_and_white_paint_is_no_line() -> None:
    lines = np.zeros((4, 4), np.uint8)
    paint = np.zeros((4, 4, 3), np.uint8)
    paint[2:] = 255
    colored = color_page(lines, paint, np.full((4, 4), 255, np.uint8))
    assert colored[0].min() == round(255 * FLOOR) and colored[3].max() == round(255 * (FLOOR + SPAN)) < 255
    assert color_page(lines, paint, lines).max() == 0


def test_words_of_parts() -> None:
    rng = np.random.default_rng(1)
    roof = Named(name="roof", color="blue", said=True, count=1, body=False, ids=(3,))
    hair = Named(name="hair", color="red", said=True, count=3, body=False, ids=(4, 5, 6))
    assert read_phrases(part_phrase(roof, rng)) == ("a blue roof", {3: (2, 11)}, {})
    assert read_phrases(part_phrase(hair, rng))[0].endswith("hair")
    assert {plural("box"), plural("leaf"), plural("berry"), plural("wheel")} == {"boxes", "leaves", "berries", "wheels"}
    assert all(rgb_of(word).shape == (3,) for word in NAMED_COLORS)


def test_scenes_are_told_by_their_words() -> None:
    maker = DrawnSceneMaker(SceneMix(), kinds=("house", "cat"), materials=("comic", "gold"), places=("space",))
    made = [maker.make(64, np.random.default_rng(seed)) for seed in range(16)]
    again = maker.make(64, np.random.default_rng(5))
    assert np.array_equal(made[5].picture_u8, again.picture_u8) and made[5].caption == again.caption
    assert {scene.material for scene in made} == {"comic", "gold"}
    for scene in made:
        assert scene.picture_u8.shape == scene.control_u8.shape == (64, 64, 3)
        assert ("gold" in scene.caption) or scene.material == "comic", scene.caption
        assert scene.place in ("space", "plain", "studio")


def test_a_mix_says_how_often_what_is_drawn() -> None:
    names = tuple(all_kinds())
    assert set(_COMMON) <= set(names), set(_COMMON) - set(names)
    assert all(sum(share for share, _ in mix) == 1 for mix in MIXES.values())
    drawn = NAMED_PARTS.kinds(("house", "xylophone"))
    assert sorted(drawn) == ["house"] * NAMED_PARTS.common + ["xylophone"]
    (_, named), _ = MIXES["named"]
    assert set(named.only) <= set(names) and len(set(named.only)) >= 60
    assert named.kinds(("house", "pig", "xylophone")) == ("house", "house", "pig")
    for mix, least, most in ((NAMED_PARTS, 14, 20), (SceneMix(comic=0.0), 0, 0), (SceneMix(comic=1.0), 20, 20)):
        maker = DrawnSceneMaker(mix)
        made = [maker.make(48, np.random.default_rng(seed)) for seed in range(20)]
        assert least <= sum(scene.material == "comic" for scene in made) <= most
    told = [DrawnSceneMaker(SceneMix(place=share, comic=1.0)) for share in (0.0, 1.0)]
    places = [{maker.make(48, np.random.default_rng(seed)).place for seed in range(12)} for maker in told]
    assert places[0] == {"plain"} and len(places[1]) > 4
