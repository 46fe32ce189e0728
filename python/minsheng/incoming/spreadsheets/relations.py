"""Relationship parts of an Office package (ECMA-376 part 2, 9.3): which part an id stands for."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ...domain.catalogue import submission as rules
from .refusal import Refused
from .xml_part import walk

if TYPE_CHECKING:
    from .package import Package

__all__ = ["sheet_part", "targets"]


@lru_cache(maxsize=16)
def targets(relations: bytes) -> dict[str, str]:
    """Id → target as written."""
    found: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            found[attributes.get("Id", "")] = attributes.get("Target", "")

    if relations:
        walk(relations, start)
    return found


def sheet_part(places: dict[str, str], place: str, title: str, package: Package) -> str:
    """The part that holds the sheet ``title``. Raises Refused where there is none inside the package."""
    target = places.get(place, "").replace("\\", "/")
    part = target[1:] if target.startswith("/") else f"xl/{target}"
    if ".." in part or part not in package:
        raise Refused(rules.DAMAGED, reason=f"工作表“{title[:40]}”的内容找不到")
    return part
