"""How an Office package hangs together (ECMA-376 part 2): parts found by their relationships, and its properties."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from . import limits
from .refusal import Refusal, Refused
from .xml_part import guard, walk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .package import Package

__all__ = [
    "Relation",
    "main_part",
    "part_of_kind",
    "properties",
    "read_time",
    "relations",
    "saved_at",
    "target",
]

_PROPERTIES_BYTES: Final = limits.MB
_CUSTOM, _CORE = "docProps/custom.xml", "docProps/core.xml"


@dataclass(frozen=True, slots=True)
class Relation:
    """``kind`` is the last word of its type (``worksheet``), the same in the strict and the usual form of the standard."""

    kind: str
    target: str
    external: bool = False


def relations(package: Package, part: str) -> dict[str, Relation]:
    """Id → relation of a part, of the package itself where ``part`` is empty."""
    folder, slash, name = part.rpartition("/")
    return _relations(package.xml(f"{folder}{slash}_rels/{name}.rels", limits.MB))


@lru_cache(maxsize=16)
def _relations(xml: bytes) -> dict[str, Relation]:
    """Kept, because the files of an office have the very same ones."""
    found: dict[str, Relation] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2]
            external = attributes.get("TargetMode", "").lower() == "external"
            found[attributes.get("Id", "")] = Relation(kind, attributes.get("Target", ""), external)

    if xml:
        walk(xml, start)
    return found


def target(package: Package, part: str, relation: Relation | None) -> str | None:
    """The part that a relation of ``part`` leads to; None where it is not in the package."""
    if relation is None or relation.external or not relation.target:
        return None
    written = relation.target.replace("\\", "/")
    folder, slash, _ = part.rpartition("/")
    if (name := written[1:] if written.startswith("/") else f"{folder}{slash}{written}") in package:
        return name
    name = posixpath.normpath(f"/{name}").lstrip("/")
    return next((name for name in (name, unquote(name)) if name in package), None)


def part_of_kind(package: Package, part: str, related: Mapping[str, Relation], kind: str) -> str | None:
    """The one part that ``part`` needs of a ``kind`` (styles, sharedStrings) by its relations, None where it has none.

    Raises Refused where it is named and not there: what it says would be missing in silence.
    """
    named = [relation for relation in related.values() if relation.kind == kind]
    if not named:
        folder, _, name = part.rpartition("/")
        usual = f"{folder}/{kind}.{name.rpartition('.')[2]}"
        return usual if usual in package else None
    found = target(package, part, named[0])
    if found is None:
        raise Refused(Refusal.DAMAGED, f"文件里少了一部分（{named[0].target[-40:]}）")
    return found


def main_part(package: Package) -> str | None:
    """The part that the package is about; None where it does not say one."""
    for relation in relations(package, "").values():
        if relation.kind == "officeDocument":
            return target(package, "", relation)
    return None


def properties(package: Package) -> dict[str, str]:
    """Name → value of the custom properties, empty where there are none."""
    found: dict[str, str] = {}
    name = ""

    def start(element: str, attributes: dict[str, str]) -> None:
        nonlocal name
        if element == "property":
            name = attributes.get("name", "")

    def text(characters: str) -> None:
        found[name] = found.get(name, "") + characters.strip()

    custom = package.xml(_CUSTOM, _PROPERTIES_BYTES)
    if custom:
        walk(custom, start, text=text)
    return found


def saved_at(package: Package) -> datetime | None:
    """``dcterms:modified`` in UTC; None where it is missing or cannot be read."""
    core = guard(package.read(_CORE, _PROPERTIES_BYTES))
    before, mark, rest = core.partition(b"modified")
    if not mark or not before:
        return None
    value = rest.partition(b">")[2].partition(b"<")[0]
    return read_time(value.decode("utf-8", "replace"))


def read_time(text: str) -> datetime | None:
    """An ISO time in UTC; a time without a zone is taken as UTC."""
    try:
        time = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
