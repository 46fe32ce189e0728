"""A package of vetted parts alone: what calamine reads is what the guards have seen, whatever else the file holds."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

__all__ = ["repacked", "root_relations"]

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_VERSION, _STORED = 20, 0


def repacked(parts: Mapping[str, bytes]) -> bytes:
    """A zip file of ``parts``, stored without compression (APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16)."""
    body: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name, content in parts.items():
        raw = name.encode()
        common = (_STORED, 0, 0, zlib.crc32(content), len(content), len(content), len(raw))
        body += [_LOCAL.pack(b"PK\x03\x04", _VERSION, 0, *common, 0), raw, content]
        head = _CENTRAL.pack(b"PK\x01\x02", _VERSION, _VERSION, 0, *common, 0, 0, 0, 0, 0, offset)
        directory += [head, raw]
        offset += _LOCAL.size + len(raw) + len(content)
    listing = b"".join(directory)
    end = _END.pack(b"PK\x05\x06", 0, 0, len(parts), len(parts), len(listing), offset, 0)
    return b"".join((*body, listing, end))


def root_relations(workbook: str) -> dict[str, bytes]:
    """The root relationships that lead to the part ``workbook`` and nowhere else (ECMA-376 part 2, 9.3)."""
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    document = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    relation = f'<Relationship Id="rId1" Type="{document}" Target="{workbook}"/>'
    return {"_rels/.rels": f'<Relationships xmlns="{package}">{relation}</Relationships>'.encode()}
