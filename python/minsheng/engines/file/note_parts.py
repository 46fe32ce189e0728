"""The notes of one sheet: their texts in the comments part, their boxes in the legacy drawing (VML)."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from lxml import etree

from ..errors import NotSupportedByEngine
from .a1 import cell_text, parse_cell
from .namespaces import MAIN, RELATION, XML_SPACE
from .package_part import ContentTypes, Relations, serialised
from .rich_text import escaped, rich_text

if TYPE_CHECKING:
    from .sheet_part import SheetPart

__all__ = ["NoteParts"]

Place = tuple[int, int]

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
_SHAPE_NUMBER = re.compile(r"_x0000_s(\d+)")
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
        drawing = self._relations.of_kind("vmlDrawing")
        if drawing is not None:
            shapes = self._shapes(drawing)
            for shape in list(shapes):
                if _place_of(shape) == place:
                    shapes.remove(shape)
            self._parts.write(drawing, etree.tostring(shapes))
        self._write()

    def _nodes(self) -> list[etree._Element]:
        return list(self._root.iter(f"{MAIN}comment"))

    def _node(self, place: Place) -> etree._Element | None:
        reference = cell_text(*place)
        return next((node for node in self._nodes() if node.get("ref") == reference), None)

    def _refuse_threaded(self, place: Place) -> None:
        if self.author(place).startswith(_THREADED):
            raise NotSupportedByEngine(
                "这里是会话批注，直接处理文件时不能改动。",
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
            self._part = self._free_name(
                f"{posixpath.dirname(posixpath.dirname(self._sheet.part))}/comments", "xml"
            )
            self._relations.add("comments", self._part)
            ContentTypes(self._parts).add_part(self._part, _COMMENTS_TYPE)
        self._parts.write(self._part, serialised(self._root))

    def _free_name(self, stem: str, ending: str) -> str:
        number = 1
        while f"{stem}{number}.{ending}" in self._parts:
            number += 1
        return f"{stem}{number}.{ending}"

    # Boxes

    def _draw(self, place: Place) -> None:
        """A box of the usual size beside the cell, shown while the pointer rests on it."""
        drawing = self._relations.of_kind("vmlDrawing")
        if drawing is None:
            drawing = self._new_drawing()
        shapes = self._shapes(drawing)
        if not any(node.get("id") == "_x0000_t202" for node in shapes):
            shapes.append(etree.fromstring(_SHAPE_TYPE))
        known = [int(number) for node in shapes for number in _SHAPE_NUMBER.findall(node.get("id", ""))]
        row, column = place[0] - 1, place[1] - 1
        top = max(row - 1, 0)
        shape = _SHAPE.format(
            vml=_VML, office=_OFFICE, excel=_EXCEL, number=max([1024, *known]) + 1, row=row, column=column,
            left=column + 1, right=column + 3, top=top, bottom=top + 5,
        )  # fmt: skip
        shapes.append(etree.fromstring(shape))
        self._parts.write(drawing, etree.tostring(shapes))

    def _new_drawing(self) -> str:
        folder = posixpath.dirname(posixpath.dirname(self._sheet.part))
        drawing = self._free_name(f"{folder}/drawings/vmlDrawing", "vml")
        self._parts.write(drawing, _NO_SHAPES)
        identifier = self._relations.add("vmlDrawing", drawing)
        ContentTypes(self._parts).add_ending("vml", _VML_TYPE)
        node = etree.Element(f"{MAIN}legacyDrawing")
        node.set(f"{RELATION}id", identifier)
        root = self._sheet.root
        before = next((child for child in root if etree.QName(child).localname in _AFTER_DRAWING), None)
        root.insert(len(root) if before is None else root.index(before), node)
        self._sheet.changed = True
        return drawing

    def _shapes(self, drawing: str) -> etree._Element:
        return self._sheet.book.parse_bytes(self._parts.read(drawing))


def _place_of(shape: etree._Element) -> Place | None:
    """The cell whose note a shape is."""
    data = shape.find(f"{{{_EXCEL}}}ClientData")
    if data is None or data.get("ObjectType") != "Note":
        return None
    row, column = data.findtext(f"{{{_EXCEL}}}Row"), data.findtext(f"{{{_EXCEL}}}Column")
    return None if row is None or column is None else (int(row) + 1, int(column) + 1)
