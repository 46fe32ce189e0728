"""The notes of one sheet: their texts in the comments part, their boxes in the legacy drawing (VML)."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from lxml import etree

from ..a1 import cell_text, parse_cell
from ..errors import NotAWorkbook, NotSupportedByEngine
from .namespaces import MAIN, RELATION, XML_SPACE
from .package_part import ContentTypes, Relations, serialised
from .rich_text import escaped, rich_text

if TYPE_CHECKING:
    from .grid import Area, Place
    from .sheet_part import SheetPart

__all__ = ["NoteParts"]

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_NO_COMMENTS = f'<comments xmlns="{MAIN[1:-1]}"><authors/><commentList/></comments>'.encode()
_VML, _OFFICE, _EXCEL = (
    "urn:schemas-microsoft-com:vml",
    "urn:schemas-microsoft-com:office:office",
    "urn:schemas-microsoft-com:office:excel",
)
_NO_SHAPES = (
    f'<xml xmlns:v="{_VML}" xmlns:o="{_OFFICE}" xmlns:x="{_EXCEL}"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
).encode()
_SHAPE_TYPE = (
    f'<v:shapetype xmlns:v="{_VML}" xmlns:o="{_OFFICE}" id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape xmlns:v="{vml}" xmlns:o="{office}" xmlns:x="{excel}" id="_x0000_s{number}" type="#_x0000_t202" '
    'style="position:absolute;width:144pt;height:79pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" '
    'o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/>'
    '</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{left}, 15, {top}, 2, {right}, 31, {bottom}, 1</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_SHAPE_NUMBER = re.compile(rb"_x0000_s(\d+)")
#: Drawings are read as bytes: Excel itself writes ones that are no XML, with lines of a button's text ended by a bare <br>.
_ONE_SHAPE = re.compile(rb"<(?P<prefix>(?:\w+:)?)shape\b[^>]*(?<!/)>.*?</(?P=prefix)shape\s*>", re.DOTALL)
_NOTE_AT = re.compile(rb"<(?:\w+:)?(?P<which>Row|Column)>\s*(?P<number>\d+)\s*</")
_END = re.compile(rb"</(?:\w+:)?xml\s*>\s*$")
#: The children of <worksheet> that come after <legacyDrawing>, by the schema's order.
_AFTER_DRAWING = (
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)
#: Excel writes a threaded comment twice; the copy kept as a note has an author of this form.
_THREADED = "tc={"


class NoteParts:
    """Texts by place (row, column from 1). Changes are written to the package's parts at once."""

    def __init__(self, sheet: SheetPart) -> None:
        self._sheet = sheet
        self._parts = sheet.book.parts
        self._relations = Relations(self._parts, sheet.part)
        self._part = self._relations.of_kind("comments")
        content = self._parts.read(self._part) if self._part else _NO_COMMENTS
        self._root = sheet.book.parse_bytes(content)

    def places(self) -> list[Place]:
        """Where notes stand, by rows."""
        return sorted(parse_cell(node.get("ref", "A1")) for node in self._nodes())

    def within(self, area: Area) -> list[Place]:
        top, left, bottom, right = area
        return [
            (row, column) for row, column in self.places() if top <= row <= bottom and left <= column <= right
        ]

    def text(self, place: Place) -> str | None:
        node = self._node(place)
        return None if node is None else rich_text(node.find(f"{MAIN}text"))

    def author(self, place: Place) -> str:
        node = self._node(place)
        authors = self._root.find(f"{MAIN}authors")
        if node is None or authors is None:
            return ""
        index = int(node.get("authorId", "0"))
        return authors[index].text or "" if index < len(authors) else ""

    def put(self, place: Place, text: str) -> None:
        """Make a note, or give the one that stands there another text."""
        node = self._node(place)
        if node is None:
            node = self._new(place)
            self._draw(place)
        else:
            self._refuse_threaded(place)
        for child in list(node):
            node.remove(child)
        plain = etree.SubElement(etree.SubElement(node, f"{MAIN}text"), f"{MAIN}t")
        plain.text = escaped(text)
        plain.set(XML_SPACE, "preserve")
        self._write()

    def delete(self, place: Place) -> None:
        node = self._node(place)
        if node is None:
            return
        self._refuse_threaded(place)
        node.getparent().remove(node)
        drawing = self._drawing()
        if drawing is not None:
            content = self._parts.read(drawing)
            without = _ONE_SHAPE.sub(lambda shape: b"" if _place_of(shape[0]) == place else shape[0], content)
            self._parts.write(drawing, without)
        self._write()

    def _nodes(self) -> list[etree._Element]:
        return list(self._root.iter(f"{MAIN}comment"))

    def _node(self, place: Place) -> etree._Element | None:
        reference = cell_text(*place)
        return next((node for node in self._nodes() if node.get("ref") == reference), None)

    def _refuse_threaded(self, place: Place) -> None:
        if self.author(place).startswith(_THREADED):
            raise NotSupportedByEngine(
                "threaded-comment",
                path=str(self._parts.path),
                cell=cell_text(*place),
            )

    def _new(self, place: Place) -> etree._Element:
        authors, notes = self._root.find(f"{MAIN}authors"), self._root.find(f"{MAIN}commentList")
        assert authors is not None
        assert notes is not None
        names = [node.text or "" for node in authors]
        if "" not in names:
            etree.SubElement(authors, f"{MAIN}author").text = ""
            names.append("")
        node = etree.Element(f"{MAIN}comment", ref=cell_text(*place), authorId=str(names.index("")))
        following = [other for other in notes if parse_cell(other.get("ref", "A1")) > place]
        notes.insert(notes.index(following[0]) if following else len(notes), node)
        return node

    def _write(self) -> None:
        if self._part is None:
            self._part = self._free_name(self._beside("comments"), "xml")
            self._relations.add("comments", self._part)
            ContentTypes(self._parts).add_part(self._part, _COMMENTS_TYPE)
        self._parts.write(self._part, serialised(self._root))

    def _free_name(self, stem: str, ending: str) -> str:
        number = 1
        while f"{stem}{number}.{ending}" in self._parts:
            number += 1
        return f"{stem}{number}.{ending}"

    def _beside(self, name: str) -> str:
        """A part's name in the folder above the sheets."""
        return posixpath.join(posixpath.dirname(posixpath.dirname(self._sheet.part)), name)

    # Boxes

    def _drawing(self) -> str | None:
        """The drawing that holds the boxes: header pictures have another of the same kind."""
        node = self._sheet.root.find(f"{MAIN}legacyDrawing")
        try:
            return None if node is None else self._relations.target(node.get(f"{RELATION}id", ""))
        except KeyError:
            return None

    def _draw(self, place: Place) -> None:
        """A box of the usual size beside the cell, shown while the pointer rests on it."""
        drawing = self._drawing() or self._new_drawing()
        content = self._parts.read(drawing)
        end = _END.search(content)
        if end is None:
            raise NotAWorkbook("damaged-part", part=drawing, path=str(self._parts.path))
        row, column = place[0] - 1, place[1] - 1
        top = max(row - 1, 0)
        number = max([1024, *map(int, _SHAPE_NUMBER.findall(content))]) + 1
        shape = _SHAPE.format(
            vml=_VML, office=_OFFICE, excel=_EXCEL, number=number, row=row, column=column,
            left=column + 1, right=column + 3, top=top, bottom=top + 5,
        )  # fmt: skip
        kind = "" if b'id="_x0000_t202"' in content else _SHAPE_TYPE
        self._parts.write(drawing, content[: end.start()] + (kind + shape).encode() + content[end.start() :])

    def _new_drawing(self) -> str:
        drawing = self._free_name(self._beside("drawings/vmlDrawing"), "vml")
        self._parts.write(drawing, _NO_SHAPES)
        identifier = self._relations.add("vmlDrawing", drawing)
        ContentTypes(self._parts).add_ending("vml", _VML_TYPE)
        root = self._sheet.root
        node = root.find(f"{MAIN}legacyDrawing")
        if node is None:
            node = etree.Element(f"{MAIN}legacyDrawing")
            following = (child for child in root.iterchildren("{*}*") if _local(child) in _AFTER_DRAWING)
            before = next(following, None)
            root.insert(len(root) if before is None else root.index(before), node)
        node.set(f"{RELATION}id", identifier)
        self._sheet.changed = True
        return drawing


def _local(node: etree._Element) -> str:
    return str(etree.QName(node).localname)


def _place_of(shape: bytes) -> Place | None:
    """The cell whose note a shape is."""
    at = {match["which"]: int(match["number"]) + 1 for match in _NOTE_AT.finditer(shape)}
    if b'ObjectType="Note"' not in shape or len(at) != 2:
        return None
    return at[b"Row"], at[b"Column"]
