"""What ties the parts of a package together: relationships and content types (ECMA-376 part 2)."""

from __future__ import annotations

import copy
import posixpath
from typing import TYPE_CHECKING

from lxml import etree

from .namespaces import CONTENT_TYPE, DOCUMENT, PACKAGE_RELATION, STRICT_DOCUMENT
from .zip_parts import parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .zip_parts import ZipParts

__all__ = ["ContentTypes", "Relations", "serialised"]

_NO_RELATIONS = f'<Relationships xmlns="{PACKAGE_RELATION[1:-1]}"/>'.encode()


class Relations:
    """The relationships of one part ("" for the package's own); a change is written to ``parts`` at once."""

    def __init__(self, parts: ZipParts, owner: str) -> None:
        self._parts = parts
        self._folder, name = posixpath.split(owner)
        self._part = posixpath.join(self._folder, "_rels", f"{name}.rels")
        content = parts.read(self._part) if self._part in parts else _NO_RELATIONS
        self._root = parse_xml(content, str(parts.path))

    def target(self, identifier: str) -> str:
        """The name of the part behind an id; KeyError."""
        for node in self._nodes():
            if node.get("Id") == identifier:
                return self._resolved(node.get("Target", ""))
        raise KeyError(identifier)

    def of_kind(self, kind: str) -> str | None:
        """The first part of an office-document kind (``styles``, ``comments`` …)."""
        return next(iter(self.all_of_kind(kind)), None)

    def all_of_kind(self, kind: str) -> list[str]:
        """The targets of all relations of a kind, as paths in the package."""
        return [self._resolved(node.get("Target", "")) for node in self._of_kind(kind)]

    def ids_of_kind(self, kind: str) -> frozenset[str]:
        """The ids of all relations of a kind."""
        return frozenset(node.get("Id", "") for node in self._of_kind(kind))

    @property
    def are_strict(self) -> bool:
        """Whether they are of ISO's strict variant, with names of its own for everything."""
        return any(node.get("Type", "").startswith(STRICT_DOCUMENT) for node in self._nodes())

    def _of_kind(self, kind: str) -> list[etree._Element]:
        return [node for node in self._nodes() if node.get("Type") == f"{DOCUMENT}/{kind}"]

    def add(self, kind: str, part: str) -> str:
        """Relate to ``part``; the new id."""
        known = {node.get("Id") for node in self._root}
        number = 1
        while f"rId{number}" in known:
            number += 1
        etree.SubElement(
            self._root, f"{PACKAGE_RELATION}Relationship", Id=f"rId{number}", Type=f"{DOCUMENT}/{kind}",
            Target=posixpath.relpath(part, self._folder),
        )  # fmt: skip
        self._write()
        return f"rId{number}"

    def remove(self, kind: str) -> None:
        """Take out every relation of a kind."""
        for node in self._of_kind(kind):
            self._root.remove(node)
        self._write()

    @property
    def own_part(self) -> str:
        """The part that holds them, whether it is there or not."""
        return self._part

    def inside(self) -> dict[str, str]:
        """Id → part, of all that lead to a part of this package (``#Sheet!A1`` leads to a place, other targets outside)."""
        return {
            node.get("Id", ""): self._resolved(node.get("Target", ""))
            for node in self._nodes()
            if node.get("TargetMode") != "External" and not node.get("Target", "").startswith("#")
        }

    def kinds(self) -> dict[str, str]:
        """Id → the last word of its type."""
        return {node.get("Id", ""): node.get("Type", "").rpartition("/")[2] for node in self._nodes()}

    def copied_to(self, owner: str, parts: ZipParts, targets: Mapping[str, str]) -> None:
        """The same relations, ids included, for ``owner`` in ``parts``: each with its new part by id, those without as they
        are, those whose new part is "" left out."""
        twin = copy.deepcopy(self._root)
        folder, name = posixpath.split(owner)
        for node in list(twin.iter(f"{PACKAGE_RELATION}Relationship")):
            target = targets.get(node.get("Id", ""))
            if target == "":
                twin.remove(node)
            elif target is not None:
                node.set("Target", posixpath.relpath(target, folder))
        if len(twin):
            parts.write(posixpath.join(folder, "_rels", f"{name}.rels"), serialised(twin))

    def forget(self, identifier: str) -> None:
        """Take one relation out."""
        for node in self._nodes():
            if node.get("Id") == identifier:
                self._root.remove(node)
        self._write()

    def _nodes(self) -> list[etree._Element]:
        return list(self._root.iter(f"{PACKAGE_RELATION}Relationship"))

    def _resolved(self, target: str) -> str:
        """Targets are relative to the owner's folder, or start at the root."""
        if target.startswith("/"):
            return target[1:]
        return posixpath.normpath(posixpath.join(self._folder, target))

    def _write(self) -> None:
        self._parts.write(self._part, serialised(self._root))


class ContentTypes:
    """``[Content_Types].xml``; a change is written to ``parts`` at once."""

    _PART = "[Content_Types].xml"

    def __init__(self, parts: ZipParts) -> None:
        self._parts = parts
        self._root = parse_xml(parts.read(self._PART), str(parts.path))

    def add_part(self, part: str, kind: str) -> None:
        """State the content type of a new part."""
        etree.SubElement(self._root, f"{CONTENT_TYPE}Override", PartName=f"/{part}", ContentType=kind)
        self._write()

    def add_ending(self, ending: str, kind: str) -> None:
        """The type of every part with this ending, unless it has one."""
        if any(node.get("Extension", "").casefold() == ending for node in self._root):
            return
        self._root.insert(0, etree.Element(f"{CONTENT_TYPE}Default", Extension=ending, ContentType=kind))
        self._write()

    def kind_of(self, part: str) -> str:
        """The content type of a part, by its own entry or by its ending; "" where none is said."""
        return self.kinds([part])[part]

    def kinds(self, parts: Iterable[str]) -> dict[str, str]:
        """The content types of many parts at once, as ``kind_of`` gives them."""
        own = {node.get("PartName", "").casefold(): node.get("ContentType", "") for node in self._root}
        endings = {node.get("Extension", "").casefold(): node.get("ContentType", "") for node in self._root}
        return {
            part: own.get(f"/{part}".casefold()) or endings.get(part.rpartition(".")[2].casefold(), "")
            for part in parts
        }

    def parts_of(self, kind: str) -> list[str]:
        """The parts that are said to be of this type, one by one."""
        return [
            node.get("PartName", "").removeprefix("/")
            for node in self._root.iter(f"{CONTENT_TYPE}Override")
            if node.get("ContentType") == kind
        ]

    def remove_part(self, part: str) -> None:
        """Take out what is stated about a part."""
        for node in list(self._root):
            if node.get("PartName", "").casefold() == f"/{part}".casefold():
                self._root.remove(node)
        self._write()

    def _write(self) -> None:
        self._parts.write(self._PART, serialised(self._root))


def serialised(root: etree._Element) -> bytes:
    """The part's bytes, with what stands before and after its root."""
    return bytes(etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True))
