"""XML parts of a file from outside: no document type, no other encoding, nothing fetched."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final
from xml.parsers import expat

from ...domain.catalogue import submission as rules
from .refusal import Refused

__all__ = ["guard", "walk"]

#: What may stand before the root element: byte order mark, XML declaration in UTF-8, white space.
_PLAIN_PROLOG: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>?]*\?>\s*)?<[A-Za-z_]", re.DOTALL)
#: Longer than any XML declaration.
_DECLARATION: Final = 2000
_OTHER_ENCODING: Final = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-8|us-ascii)", re.IGNORECASE)


def guard(part: bytes) -> None:
    """Refuse a part with a document type (the door to entity expansion and outside files) or not in UTF-8."""
    if not part:
        return
    if _PLAIN_PROLOG.match(part) is None:
        if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
            raise Refused(rules.HOSTILE, reason="XML 里有文档类型声明（DOCTYPE）")
        if part[:4].count(b"\0") or part[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise Refused(rules.DAMAGED, reason="XML 不是 UTF-8 编码")
    elif _OTHER_ENCODING.match(part[:_DECLARATION]):
        raise Refused(rules.DAMAGED, reason="XML 不是 UTF-8 编码")


def walk(
    part: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Parse ``part``; names arrive without their prefix. Raises Refused for a document type and for broken XML."""
    guard(part)
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
        parser.Parse(part, True)
    except expat.ExpatError as failure:
        raise Refused(rules.DAMAGED, reason="XML 读不通") from failure
