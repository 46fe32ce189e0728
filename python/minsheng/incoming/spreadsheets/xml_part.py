"""XML parts of a file from outside: in UTF-8 or UTF-16, without a document type, nothing fetched."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final
from xml.parsers import expat

from ...domain.catalogue import submission as rules
from .refusal import Refused

__all__ = ["guard", "walk"]

_UTF16: Final = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
_DECLARATION: Final = re.compile(rb"<\?xml\s[^<>]{0,1000}\?>")
_ENCODING: Final = re.compile(rb"\sencoding\s*+=\s*+[\"']([A-Za-z0-9._-]*+)")
_SPACE: Final = re.compile(rb"\s*+")
_NAME: Final = re.compile(rb"<[A-Za-z_:\x80-\xff]")


def guard(part: bytes) -> bytes:
    """The part in UTF-8 without mark and declaration, nothing changed behind them.

    Raises Refused for a document type (the door to entity expansion and outside files), wherever before the root element
    it stands, for any other encoding and for what has no root element. An empty part stays empty.
    """
    part = _in_utf8(part)
    position = 0
    while part:
        match = _SPACE.match(part, position)
        position = match.end() if match else position
        if part.startswith(b"<!--", position):
            end = part.find(b"-->", position + 4)
        elif part.startswith(b"<?", position):
            end = part.find(b"?>", position + 2) - 1
        elif part.startswith(b"<!", position):
            raise Refused(rules.HOSTILE, reason="XML 里有文档类型声明（DOCTYPE）")
        elif _NAME.match(part, position):
            break
        else:
            raise Refused(rules.DAMAGED, reason="XML 读不通")
        if end < position:
            raise Refused(rules.DAMAGED, reason="XML 读不通")
        position = end + 3
    return part


def _in_utf8(part: bytes) -> bytes:
    if wide := _UTF16.get(part[:2]):
        try:
            part = part.decode(wide).encode()
        except UnicodeError as failure:
            raise Refused(rules.DAMAGED, reason="XML 读不通") from failure
    part = part.removeprefix(b"\xef\xbb\xbf")
    declared = _DECLARATION.match(part)
    named = _ENCODING.search(declared[0]) if declared and not wide else None
    if named and named[1].lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii"):
        raise Refused(rules.DAMAGED, reason="XML 不是 UTF-8 编码")
    return part[declared.end() :] if declared else part


def walk(
    part: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Parse ``part``; names arrive without their prefix. Raises Refused for a document type and for broken XML."""
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise Refused(rules.HOSTILE, reason="XML 里有文档类型声明（DOCTYPE）")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    if end is not None:
        finish = end
        parser.EndElementHandler = lambda name: finish(name.rpartition(":")[2])
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(guard(part), True)
    except expat.ExpatError as failure:
        raise Refused(rules.DAMAGED, reason="XML 读不通") from failure
