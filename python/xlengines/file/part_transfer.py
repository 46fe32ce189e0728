"""Parts that hang on a sheet, put into a workbook as new parts: drawings, charts, pictures, notes, tables, what a printer says."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from .package_part import ContentTypes, Relations

if TYPE_CHECKING:
    from collections.abc import Callable

    from .zip_parts import ZipParts

__all__ = ["PartTransfer", "free_name", "reachable", "remove_with_what_hangs_on_it"]

_NUMBERED = re.compile(r"(.*?)(\d*)(\.[^./]*)?")
#: What a sheet shares with its workbook or with the persons of it, by the kind of the relation.
_LEFT_BEHIND = frozenset({"threadedComment"})


def free_name(parts: ZipParts, like: str) -> str:
    """``xl/charts/chart7.xml`` → the first name of that pattern that no part has."""
    match = _NUMBERED.fullmatch(like)
    stem, ending = (match[1], match[3] or "") if match else (like, "")
    number = 1
    while (name := f"{stem}{number}{ending}") in parts:
        number += 1
    return name


def reachable(parts: ZipParts, owner: str) -> set[str]:
    """Every part that relations lead to from ``owner``, itself not among them."""
    found: set[str] = set()
    waiting = [owner]
    while waiting:
        for part in Relations(parts, waiting.pop()).inside().values():
            if part in parts and part not in found and part != owner:
                found.add(part)
                waiting.append(part)
    return found


def remove_with_what_hangs_on_it(parts: ZipParts, owner: str) -> None:
    """Delete a part, its relations, and what only it, directly or not, leads to."""
    hanging = reachable(parts, owner)
    own = {Relations(parts, part).own_part for part in (owner, *hanging)}
    for name in [name for name in parts.names if name.endswith(".rels") and name not in own]:
        folder, _, file = name.rpartition("_rels/")
        other = folder + file.removesuffix(".rels")
        for part in Relations(parts, other).inside().values():
            if part in hanging:
                hanging -= {part, *reachable(parts, part)}
    types = ContentTypes(parts)
    for part in (owner, *hanging):
        if (relations := Relations(parts, part).own_part) in parts:
            parts.delete(relations)
        types.remove_part(part)
        parts.delete(part)


class PartTransfer:
    """From one package into another, or within one. ``change`` gets the name, the content type and the content of each copied
    part and gives the content that it is to have."""

    def __init__(
        self, source: ZipParts, target: ZipParts, change: Callable[[str, str, bytes], bytes]
    ) -> None:
        self._source, self._target, self._change = source, target, change
        self._source_types, self._target_types = ContentTypes(source), ContentTypes(target)
        self._copies: dict[str, str] = {}

    def relations(self, old: str, new: str) -> None:
        """Give ``new`` in the target what hangs on ``old`` in the source, under the same ids."""
        relations = Relations(self._source, old)
        if relations.own_part not in self._source:
            return
        self._copies[old] = new
        kinds = relations.kinds()
        targets = {}
        for identifier, part in relations.inside().items():
            if part not in self._source:
                continue  # leads nowhere in the source too
            left = self._source is not self._target and kinds[identifier] in _LEFT_BEHIND
            targets[identifier] = "" if left else self._copy(part)
        relations.copied_to(new, self._target, targets)

    def _copy(self, part: str) -> str:
        if part not in self._copies:
            content, kind = self._source.read(part), self._source_types.kind_of(part)
            same = self._same(part, content)
            if same is not None:
                self._copies[part] = same
                return same
            new = self._copies[part] = free_name(self._target, part)
            self._target.write(new, self._change(part, kind, content))
            self._declare(new, kind)
            self.relations(part, new)
        return self._copies[part]

    def _same(self, part: str, content: bytes) -> str | None:
        """A picture that the target has already."""
        if self._source_types.kind_of(part).partition("/")[0] != "image":
            return None
        folder, ending = posixpath.dirname(part), posixpath.splitext(part)[1]
        return next(
            (
                name
                for name in self._target.names
                if posixpath.dirname(name) == folder
                and posixpath.splitext(name)[1] == ending
                and self._target.read(name) == content
            ),
            None,
        )

    def _declare(self, part: str, kind: str) -> None:
        if self._target_types.kind_of(part) == kind:
            return
        ending = part.rpartition(".")[2].casefold()
        if ending != "xml" and not self._target_types.kind_of(part):
            self._target_types.add_ending(ending, kind)
        else:
            self._target_types.add_part(part, kind)
