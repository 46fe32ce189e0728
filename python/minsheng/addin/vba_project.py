"""vbaProject.bin from module sources ([MS-OVBA]): no performance cache, so Office compiles the source when it loads.

Everything in it is ASCII: what is not is put into ChrW() before (``source``), so no code page matters.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from enum import Enum
from uuid import NAMESPACE_URL, uuid5

from .compound_file import Storage, compound_file
from .compression import compress

__all__ = ["Kind", "Module", "protection", "vba_project"]

_CODE_PAGE = 1252
_LCID = 0x0409
_SYSTEM_KIND = 3  # 64-bit Windows; Office on any platform recompiles
#: Bytes of ``_VBA_PROJECT`` that say: no cache here, for no version of Office.
_NO_CACHE = struct.pack("<HHBH", 0x61CC, 0xFFFF, 0, 1)
#: The two type libraries beside VBA's and Excel's own; found by their ids, wherever the files are.
_REFERENCES = {
    "stdole": r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation",
    "Office": r"*\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0#"
    r"C:\Program Files\Common Files\Microsoft Shared\OFFICE16\MSO.DLL#Microsoft Office 16.0 Object Library",
}
#: The version of the lines on protection, and their first byte: any will do, a fixed one gives the same file every time.
_PROTECTION, _SEED = 2, 0x5A
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,30}")


class Kind(Enum):
    """What a module is; the value is its key in the PROJECT stream."""

    CODE = "Module"
    CLASS = "Class"
    #: The module of the workbook or of a sheet: its name is that object's codeName.
    DOCUMENT = "Document"


@dataclass(frozen=True)
class Module:
    """``source`` is ASCII with CRLF line ends, its Attribute lines included."""

    name: str
    kind: Kind
    source: str


def vba_project(name: str, modules: list[Module]) -> bytes:
    """The compound file. ValueError for a name or a source that VBA would not take."""
    for module in modules:
        _refuse_odd(module)
    streams: dict[str, bytes | Storage] = {
        module.name: compress(module.source.encode("ascii")) for module in modules
    }
    streams["dir"] = compress(_directory(name, modules))
    streams["_VBA_PROJECT"] = _NO_CACHE
    root = Storage(
        {
            "VBA": Storage(streams),
            "PROJECT": _properties(name, modules).encode("ascii"),
            "PROJECTwm": b"".join(
                module.name.encode("ascii") + b"\0" + module.name.encode("utf-16-le") + b"\0\0"
                for module in modules
            )
            + b"\0\0",
        }
    )
    return compound_file(root)


def _refuse_odd(module: Module) -> None:
    if not _NAME.fullmatch(module.name):
        raise ValueError(f"not a name for a module: {module.name!r}")
    if f'Attribute VB_Name = "{module.name}"\r\n' not in module.source:
        raise ValueError(f"{module.name}: its VB_Name says another name")
    if not module.source.isascii() or re.search(r"(?<!\r)\n|\r(?!\n)", module.source):
        raise ValueError(f"{module.name}: not ASCII with CRLF line ends")


def _record(identity: int, content: bytes) -> bytes:
    return struct.pack("<HI", identity, len(content)) + content


def _text(identity: int, unicode_identity: int, text: str) -> bytes:
    """A text twice: in the code page and in UTF-16."""
    return _record(identity, text.encode("ascii")) + _record(unicode_identity, text.encode("utf-16-le"))


def _directory(name: str, modules: list[Module]) -> bytes:
    """The ``dir`` stream before compression ([MS-OVBA] 2.3.4.2)."""
    return b"".join(
        (
            _record(0x0001, struct.pack("<I", _SYSTEM_KIND)),
            _record(0x0002, struct.pack("<I", _LCID)),
            _record(0x0014, struct.pack("<I", _LCID)),
            _record(0x0003, struct.pack("<H", _CODE_PAGE)),
            _record(0x0004, name.encode("ascii")),
            _text(0x0005, 0x0040, ""),  # description
            _record(0x0006, b"") + _record(0x003D, b""),  # help file
            _record(0x0007, bytes(4)),  # help context
            _record(0x0008, bytes(4)),  # library flags
            struct.pack("<HIIH", 0x0009, 4, 1, 0),  # version: the size says 4 and means 6
            _text(0x000C, 0x003C, ""),  # conditional compilation constants
            *(_reference(library, path) for library, path in _REFERENCES.items()),
            _record(0x000F, struct.pack("<H", len(modules))),
            _record(0x0013, b"\xff\xff"),  # cookie
            *(_module(module) for module in modules),
            _record(0x0010, b""),
        )
    )


def _reference(library: str, path: str) -> bytes:
    counted = struct.pack("<I", len(path)) + path.encode("ascii")
    return _text(0x0016, 0x003E, library) + _record(0x000D, counted + bytes(6))


def _module(module: Module) -> bytes:
    return b"".join(
        (
            _text(0x0019, 0x0047, module.name),
            _text(0x001A, 0x0032, module.name),  # the stream's name
            _text(0x001C, 0x0048, ""),  # description
            _record(0x0031, bytes(4)),  # the source starts where the stream does
            _record(0x001E, bytes(4)),  # help context
            _record(0x002C, b"\xff\xff"),  # cookie
            _record(0x0021 if module.kind is Kind.CODE else 0x0022, b""),
            _record(0x002B, b""),
        )
    )


def _properties(name: str, modules: list[Module]) -> str:
    """The ``PROJECT`` stream ([MS-OVBA] 2.3.1)."""
    identity = f"{{{uuid5(NAMESPACE_URL, name)}}}".upper()
    lines = [f'ID="{identity}"']
    for module in modules:
        suffix = "/&H00000000" if module.kind is Kind.DOCUMENT else ""
        lines.append(f"{module.kind.value}={module.name}{suffix}")
    lines += [
        f'Name="{name}"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
        f'CMG="{protection(bytes(4), identity)}"',  # not protected
        f'DPB="{protection(bytes(1), identity)}"',  # no password
        f'GC="{protection(bytes([0xFF]), identity)}"',  # visible
        "",
        "[Host Extender Info]",
        "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000",
        "",
        "[Workspace]",
        *(f"{module.name}=0, 0, 0, 0, C" for module in modules),
        "",
    ]
    return "\r\n".join(lines)


def protection(data: bytes, project_id: str) -> str:
    """What ``CMG``, ``DPB`` or ``GC`` of a PROJECT stream says, as hexadecimal digits ([MS-OVBA] 2.4.3).

    ``project_id`` is the braced GUID of the project.
    """
    key = sum(project_id.encode("ascii")) & 0xFF
    out = [_SEED, _SEED ^ _PROTECTION, _SEED ^ key]
    plain_before, first, second = key, out[2], out[1]
    padding = (_SEED & 6) // 2
    plain = bytes([7] * padding) + len(data).to_bytes(4, "little") + data
    for byte in plain:
        cipher = byte ^ (second + plain_before & 0xFF)
        out.append(cipher)
        second, first, plain_before = first, cipher, byte
    return bytes(out).hex().upper()
