"""Which of the engine's optimizations are on, and why: by device, by name, by what one needs of another.

The engine asks `Switches` whether one is on. `load_engine(without=..., also=...)` and the options --without and --with
of the commands turn them off and on.

Knows: the table, devices.  Must not know: how anything is computed.
"""

from __future__ import annotations

from collections.abc import Collection

from sprint_live.engine.switch_table import TABLE, Switch
from sprint_live.errors import ArgumentError, refusal


class Switches:
    """The optimizations that are on, and why. asked: those turned on by name.

    Raises:
        ArgumentError: a name that no switch has, or one that is asked for and refused at once.
    """

    def __init__(self, device: str = "cpu", *, without: Collection[str] = (), also: Collection[str] = ()) -> None:
        known = [switch.name for switch in TABLE]
        for name in (*without, *also):
            if name not in known or (name in without and name in also):
                got = f"switch {name!r}" + (" turned off and on" if name in known else "")
                raise ArgumentError(
                    refusal(got=got, accepted=", ".join(known), fix="use one of these names, each once")
                )
        self.asked = frozenset(also)
        self._why: dict[str, tuple[bool, str]] = {}
        for switch in TABLE:
            self._why[switch.name] = self._decide(switch, device, without, also)

    def __contains__(self, name: str) -> bool:
        """Whether a switch is on; a name that is not in the table is our own mistake."""
        return self._why[name][0]

    def why(self, name: str) -> str:
        """Why a switch is on or off, for people."""
        return self._why[name][1]

    def refuse(self, name: str, why: str) -> None:
        """Turn a switch, and what needs it, off for a reason that only shows once the model is loaded."""
        self._why[name] = (False, why)
        for switch in TABLE:
            if switch.needs == name:
                self.refuse(switch.name, f"{name} is off")

    def _decide(self, switch: Switch, device: str, without: Collection[str], also: Collection[str]) -> tuple[bool, str]:
        if switch.name in without:
            return False, "turned off by name"
        if switch.needs and not self._why[switch.needs][0]:
            return False, f"{switch.needs} is off"
        if switch.name in also:
            return True, "asked for"
        return device in switch.on, f"default on {device}"

    def lines(self) -> list[str]:
        """The table for people: name, on or off and why, what it does, its error and its gain."""
        lines = []
        for switch in TABLE:
            is_on, why = self._why[switch.name]
            lines.append(
                f"  {switch.name:20} {'on' if is_on else 'off':4} ({why}) {switch.what}; {switch.error}; gain: "
                f"{switch.gain}"
            )
        return lines
