"""What the styles of a .docx say of its text: whether it is hidden or struck out, how its paragraphs are numbered, and which
are a table of contents (ECMA-376 part 1, 17.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .docx_parts import Element, attribute, child, is_on, local

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Styles"]

#: How many styles may be based on one another; more is a circle.
_LONGEST_CHAIN: Final = 20


class Styles:
    """The styles of a document, asked by their ids."""

    def __init__(self, styles: Element | None) -> None:
        self._styles: dict[str, Element] = {
            attribute(style, "styleId") or "": style
            for style in (styles if styles is not None else ())
            if local(style) == "style"
        }
        self._switches: dict[tuple[str, str], bool | None] = {}

    def chain(self, style: str | None) -> Iterator[tuple[str, Element]]:
        """A style and those that it is based on, each with its id, the nearest first."""
        for _ in range(_LONGEST_CHAIN):
            found = self._styles.get(style or "")
            if found is None:
                return
            yield style or "", found
            style = attribute(child(found, "basedOn"), "val")

    def is_on(self, name: str, properties: dict[str, Element], paragraph_style: str | None) -> bool:
        """Whether a switch (``vanish``, ``strike``) is on for a run of these properties in a paragraph of that style."""
        if name in properties:
            return is_on(properties[name])
        for style in (attribute(properties.get("rStyle"), "val"), paragraph_style):
            if style and (said := self._switch(style, name)) is not None:
                return said
        return False

    def _switch(self, style: str, name: str) -> bool | None:
        if (style, name) not in self._switches:
            stated = (child(child(each, "rPr"), name) for _, each in self.chain(style))
            nearest = next((switch for switch in stated if switch is not None), None)
            self._switches[style, name] = None if nearest is None else is_on(nearest)
        return self._switches[style, name]

    def is_contents(self, paragraph_style: str | None) -> bool:
        """Whether a paragraph of that style is an entry of the table of contents, which repeats what stands below."""
        style = self._styles.get(paragraph_style or "")
        name = (attribute(child(style, "name"), "val") or paragraph_style or "").replace(" ", "").lower()
        return name[:3] == "toc" and name[3:].isdecimal()
