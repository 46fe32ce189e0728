"""Documents in raw WordprocessingML, as Word and WPS write it: what a library that writes .docx has no words for."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

_SPACES = " ".join(
    f'xmlns:{name}="{address}"'
    for name, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "v": "urn:schemas-microsoft-com:vml",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    }.items()
)
TITLE = "2025年清河县民生实事项目任务分解"
PICTURE = '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><a:blip r:embed="rId4"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
CHART = '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><c:chart r:id="rId4"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'


def word_file(path: Path, body: str, **parts: str) -> Path:
    """A .docx with ``body`` below the title; ``parts`` are the insides of numbering, styles, footnotes …"""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>")
        for name, inside in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {_SPACES}>{inside}</w:{name}>")
    path.write_bytes(buffer.getvalue())
    return path


def run(words: str, properties: str = "") -> str:
    """Words in one run; a tab in them is a tab."""
    inside = "<w:tab/>".join(f'<w:t xml:space="preserve">{part}</w:t>' for part in words.split("\t"))
    return f"<w:r><w:rPr>{properties}</w:rPr>{inside}</w:r>"


def paragraph(inside: str = "", properties: str = "") -> str:
    """A paragraph of words, or of runs."""
    runs = inside if inside.startswith("<") else run(inside)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs if inside else ''}</w:p>"


def lines(*texts: str, properties: str = "") -> str:
    """A paragraph a line."""
    return "".join(paragraph(text, properties) for text in texts)


def cell(inside: str = "", properties: str = "") -> str:
    """A cell of words, or of paragraphs and tables."""
    blocks = inside if inside.startswith("<") else paragraph(inside)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{blocks}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A row of words or cells."""
    written = "".join(each if each.startswith(("<w:tc>", "<w:sdt>")) else cell(each) for each in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{written}</w:tr>"


def table(*rows: str) -> str:
    """A table of rows."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def control(inside: str, *, asks: bool = False) -> str:
    """A content control; ``asks`` where it shows nothing but its placeholder."""
    return f"<w:sdt><w:sdtPr>{'<w:showingPlcHdr/>' if asks else ''}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def box(inside: str) -> str:
    """A text box as Word writes it: for programs of today, and once more for older ones."""
    return (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><wps:txbx><w:txbxContent>{inside}</w:txbxContent>"
        f"</wps:txbx></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{inside}</w:txbxContent>"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def counted(number: int = 1, level: int = 0) -> str:
    """Properties of a paragraph with an automatic number."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def level(at: int, form: str, text: str, more: str = "") -> str:
    """One level of a list."""
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def numbered(*levels: str, name: int = 0, before: str = "") -> str:
    """An abstract list."""
    return f'<w:abstractNum w:abstractNumId="{name}">{before}{"".join(levels)}</w:abstractNum>'


def used(number: int = 1, name: int = 0, more: str = "") -> str:
    """A list in use."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{name}"/>{more}</w:num>'
