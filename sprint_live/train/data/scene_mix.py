"""Mixes of scenes by name: how often a dataset has each kind of scene.

| even  | materials, places and things alike: what a model is finished on                                    |
| parts | four fifths comic scenes of common things whose parts' colors are said: which word colors which part |
| named | sixty things that people draw, large, nearly always comic, nearly every part's color said; 3 in 10 of all |

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
_FIRST = (  # what people draw when nothing is asked of them, at a size at which a part is a token or more
    *("balloon", "bird", "sailboat", "butterfly", "cake", "car", "castle", "cat", "cup", "dog", "face", "fish"),
    *("flower", "guitar", "hat", "house", "ice cream", "lamp", "mushroom", "owl", "person", "airplane", "robot"),
    *("rocket", "shoe", "snail", "snowman", "teapot", "train", "tree", "turtle", "umbrella"),
)
_SECOND = (
    *("star", "sun", "apple", "bus", "truck", "penguin", "bear", "rabbit", "duck", "chair", "shirt", "dress"),
    *("strawberry", "crown", "candle", "elephant", "pig", "frog", "cactus", "pumpkin", "boy", "girl", "princess"),
    *("bee", "helicopter", "ghost", "tulip", "ship", "hot air balloon", "pot", "potted plant"),
)


@dataclass(frozen=True, kw_only=True)
class SceneMix:
    """How often each kind of scene is drawn. Shares are in [0, 1].

    comic: scenes in the default material. place: scenes at a place that the caption names, of those that can have one.
    emoji: pages of emoji. say: parts with a random color that the caption says. colored: pages with color on them.
    common: factor for the things that people draw most. only: nouns to choose from, each as often as it is listed; ()
    for all. least_size: minimum size of a single thing, as a share of the side.
    """

    comic: float = 0.42
    place: float = 0.5
    emoji: float = 0.25
    say: float = 0.55
    colored: float = 0.3
    common: int = 1
    only: tuple[str, ...] = ()
    least_size: float = 0.55

    def kinds(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The nouns of `names` that the mix draws; a common one is listed `common` times."""
        if self.only:
            return tuple(name for name in self.only if name in names)
        return names + tuple(name for name in names if name in _COMMON) * (self.common - 1)


NAMED_PARTS = SceneMix(comic=0.85, place=0.15, emoji=0.0, say=0.8, colored=0.2, common=5)
_NAMED_THINGS = SceneMix(
    comic=0.85, place=0.06, emoji=0.0, say=0.85, colored=0.3, only=_FIRST * 2 + _SECOND, least_size=0.7
)
MIXES: dict[str, tuple[tuple[float, SceneMix], ...]] = {
    "even": ((1.0, SceneMix()),),
    "named": (
        (0.7, _NAMED_THINGS),
        (0.3, SceneMix(comic=0.25, place=0.4, emoji=0.0, say=0.6, colored=0.4, common=4, least_size=0.65)),
    ),
    "parts": ((0.8, NAMED_PARTS), (0.2, SceneMix(comic=0.25, place=0.6, common=3))),
}
