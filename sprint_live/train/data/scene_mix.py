"""Mixes of scenes: what a dataset is made of, by name.

| even  | materials, places and things alike: what a model is finished on                                    |
| parts | four fifths comic scenes of common things whose parts' colors are said: which word colors which part |

Why `parts`: in `even` scenes most of a squared error is scenery that no caption can foretell, and after 790 updates of
64 no part had its own color (0.22 of 224 at 512 px, as at the start).

Knows: names and shares.  Must not know: how anything is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

_COMMON = (
    *("apple", "armchair", "balloon", "ball", "banana", "bear", "bed", "bee", "bird", "sailboat", "book", "boot"),
    *("bottle", "boy", "bus", "bush", "butterfly", "cactus", "cake", "candle", "car", "carrot", "castle", "cat"),
    *("chair", "chicken", "church", "clock", "cloud", "cow", "crown", "cup", "cupcake", "dinosaur", "dog", "dragon"),
    *("duck", "elephant", "face", "fire truck", "fish", "flower", "fox", "frog", "ghost", "gift", "giraffe", "girl"),
    *("guitar", "hat", "helicopter", "horse", "hot air balloon", "house", "ice cream", "kite", "knight", "ladybug"),
    *("lamp", "light bulb", "lion", "monkey", "moon", "mouse", "mushroom", "octopus", "owl", "palm tree", "panda"),
    *("penguin", "person", "piano", "pig", "pine tree", "pirate", "pizza slice", "airplane", "pot", "potted plant"),
    *("princess", "pumpkin", "rabbit", "robot", "rocket", "rose", "scarf", "sheep", "ship", "shirt", "shoe", "snail"),
    *("snowman", "star", "strawberry", "sun", "sunflower", "table", "teapot", "teddy bear", "tent", "tractor"),
    *("train", "tree", "truck", "tulip", "turtle", "umbrella", "unicorn", "van", "vase", "whale", "windmill"),
    *("witch", "wizard", "suitcase", "backpack", "dress", "sofa", "violin", "telephone"),
)


@dataclass(frozen=True, kw_only=True)
class SceneMix:
    """How often what is drawn; shares in [0, 1].

    comic: scenes in the material that words without one mean. place: of the scenes that can have one, those at a place
    that the caption names. emoji: pages of emoji. say: parts that may have any color, which the caption says. colored:
    pages that carry color themselves. common: how many times as often as others the things are drawn that people draw
    most.
    """

    comic: float = 0.42
    place: float = 0.5
    emoji: float = 0.25
    say: float = 0.55
    colored: float = 0.3
    common: int = 1

    def kinds(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """`names`, the common ones `common` times."""
        return names + tuple(name for name in names if name in _COMMON) * (self.common - 1)


NAMED_PARTS = SceneMix(comic=0.85, place=0.15, emoji=0.0, say=0.8, colored=0.2, common=5)
MIXES: dict[str, tuple[tuple[float, SceneMix], ...]] = {
    "even": ((1.0, SceneMix()),),
    "parts": ((0.8, NAMED_PARTS), (0.2, SceneMix(comic=0.25, place=0.6, common=3))),
}
