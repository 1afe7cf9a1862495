"""One script out of many: a page's module with everything it imports, for one request instead of rounds of them.

Each module becomes a function that is called once, after those that it imports. Its names stay its own, and its text
stays as it is, so that a line of an error can be found. At a module's own address there is a script of one line that
passes on what the bundle has of it, so that no module is there twice, whoever imports it later. No build step and no
JavaScript program: what the page's modules use of the language's imports and exports is little, and everything else is
refused.

Knows: the syntax of imports and exports.  Must not know: HTTP, what the modules do.
"""

from __future__ import annotations

import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from sprint_live.errors import ArgumentError, refusal

__all__ = ["bundled"]

_IMPORT = re.compile(r"^import \{([^}]*)\} from '(\.{1,2}/[^']+)';$", re.MULTILINE)
_EXPORT_ALL = re.compile(r"^export \* from '(\.{1,2}/[^']+)';$", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)
_LEFT_OVER = re.compile(r"^(?:import|export)\b.*|\bimport\.meta\b|\bimport\(['\"]\..*", re.MULTILINE)
_COMMENT = re.compile(r"^ *(?://|\*|/\*\*).*", re.MULTILINE)


class _Module:
    """A file of the page. imports: paths of the modules it takes names from, in their order."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = path.read_text("utf-8")
        self.taken = [(self._at(name), _names(names)) for names, name in _IMPORT.findall(self.text)]
        self.passed_on = [self._at(name) for name in _EXPORT_ALL.findall(self.text)]
        self.imports = [*(there for there, _ in self.taken), *self.passed_on]
        self.exports: list[str] = _EXPORT.findall(self.text)
        self.body = _EXPORT.sub("", _EXPORT_ALL.sub("", _IMPORT.sub(_same_lines, self.text)))
        if left := _LEFT_OVER.search(_COMMENT.sub("", self.body)):
            raise _refused(
                f"{left.group()!r} in {path.name}", "import { names } from './file.js'; export of a declaration"
            )

    def _at(self, name: str) -> Path:
        return (self.path.parent / name).resolve()


def bundled(folder: Path, entry: str) -> dict[str, str]:
    """Path in `folder` -> text: the bundle at the path of `entry`, which does and exports what that does and imports
    nothing, and a script at the path of each other module, which takes its names from the bundle.

    Raises: ArgumentError for a form of import or export that it does not know, a name that is not exported, or modules
    that import each other in a circle.
    """
    modules = _reached((folder / entry).resolve())
    try:
        order = list(TopologicalSorter({path: one.imports for path, one in modules.items()}).static_order())
    except CycleError as error:
        circle = " -> ".join(path.name for path in error.args[1])
        raise _refused(f"a circle of imports, {circle}", "imports in one direction") from error
    number = {path: i for i, path in enumerate(order)}
    known: dict[Path, set[str]] = {}
    for path in order:
        one = modules[path]
        known[path] = {*one.exports, *(name for there in one.passed_on for name in known[there])}
        for there, names in one.taken:
            if unknown := set(names) - known[there]:
                raise _refused(f"{sorted(unknown)} from {there.name} in {path.name}", f"{sorted(known[there])}")
    name = {path: path.relative_to(folder.resolve()).as_posix() for path in order}
    table = ", ".join(f"'{name[path]}': $m{number[path]}" for path in order)
    functions = "".join(_function(modules[path], number) for path in order)
    texts = {
        name[path]: f"import {{ $modules }} from './{'../' * name[path].count('/')}{entry}';\n"
        + _exported(known[path], f"$modules['{name[path]}']")
        for path in order[:-1]
    }
    own = _exported(known[order[-1]], f"$m{number[order[-1]]}")
    return {entry: f"{functions}export const $modules = {{ {table} }};\n{own}", **texts}


def _exported(names: set[str], module: str) -> str:
    return f"export const {{ {', '.join(sorted(names))} }} = {module};\n" if names else ""


def _reached(entry: Path) -> dict[Path, _Module]:
    modules, waiting = {}, [entry]
    while waiting:
        path = waiting.pop()
        if path not in modules:
            modules[path] = _Module(path)
            waiting += modules[path].imports
    return modules


def _function(module: _Module, number: dict[Path, int]) -> str:
    taken = "".join(f"const {{ {_destructured(names)} }} = $m{number[there]};" for there, names in module.taken)
    given = [*module.exports, *(f"...$m{number[there]}" for there in module.passed_on)]
    opened = f"const $m{number[module.path]} = (() => {{{taken} // {module.path.name}\n"
    return f"{opened}{module.body}\nreturn {{ {', '.join(given)} }};\n}})();\n"


def _names(listed: str) -> dict[str, str]:
    """{the name there: the name here} of "a, b as c"."""
    parts = (part.split(" as ") for part in re.split(r"\s*,\s*", listed.strip()) if part)
    return {part[0].strip(): part[-1].strip() for part in parts}


def _destructured(names: dict[str, str]) -> str:
    return ", ".join(there if there == here else f"{there}: {here}" for there, here in names.items())


def _same_lines(found: re.Match[str]) -> str:
    return "\n" * found.group().count("\n")


def _refused(got: str, accepted: str) -> ArgumentError:
    fix = "write it so, or teach script_bundle.py the other form"
    return ArgumentError(refusal(got=got, accepted=accepted, fix=fix))
