"""The packed add-in, looked at by other programs; the add-ins that xlwings ships go through the same checks."""

from __future__ import annotations

import shutil
import struct
import subprocess
import zipfile
from pathlib import Path

import pytest

from addin.addin_files import OURS, ROOT, THEIRS, AddinFile
from addin.olevba import decompress_stream
from minsheng.addin import xlwings_module
from minsheng.addin.package import modules_of, packed
from minsheng.addin.source import stored
from minsheng.addin.vba_project import Kind, Module, protection, vba_project

ALL = pytest.mark.parametrize("path", [OURS, *THEIRS], ids=lambda path: path.name)


@ALL
def test_the_compound_file_has_no_defect(path: Path) -> None:
    with AddinFile(path).project() as ole:
        for stream in ole.listdir():
            ole.openstream(stream).read()


@ALL
def test_code_names_are_those_of_the_document_modules(path: Path) -> None:
    addin = AddinFile(path)
    assert addin.code_names == addin.documents
    assert len(addin.documents) >= 2


@ALL
def test_no_cache_of_compiled_code_is_claimed(path: Path) -> None:
    """Excel compiles the source when it loads the project."""
    with AddinFile(path).project() as ole:
        assert ole.openstream("VBA/_VBA_PROJECT").read()[2:4] == b"\xff\xff"


def unprotected(digits: str) -> bytes:
    """What a line on protection says ([MS-OVBA] 2.4.3.3); ValueError where the length inside does not fit."""
    cipher = bytes.fromhex(digits)
    seed, key = cipher[0], cipher[0] ^ cipher[2]
    plain = bytearray()
    plain_before, first, second = key, cipher[2], cipher[1]
    for byte in cipher[3:]:
        plain_before = byte ^ (second + plain_before & 0xFF)
        plain.append(plain_before)
        second, first = first, byte
    body = plain[(seed & 6) // 2 :]
    data = bytes(body[4:])
    if int.from_bytes(body[:4], "little") != len(data) or cipher[0] ^ cipher[1] != 2:
        raise ValueError(f"not a protection record: {digits}")
    return data


@pytest.mark.parametrize(
    "path", [OURS, THEIRS[0]], ids=lambda path: path.name
)  # the other one has a password
def test_the_project_is_neither_locked_nor_hidden_nor_behind_a_password(path: Path) -> None:
    with AddinFile(path).project() as ole:
        lines = dict(
            line.split("=", 1)
            for line in ole.openstream("PROJECT").read().decode("latin-1").split("\r\n")
            if "=" in line
        )
    assert unprotected(lines["CMG"].strip('"')) == bytes(4)
    assert unprotected(lines["DPB"].strip('"')) == b"\0"
    assert unprotected(lines["GC"].strip('"')) == b"\xff"


@ALL
def test_the_main_part_is_an_addin_with_macros_and_a_ribbon(path: Path) -> None:
    addin = AddinFile(path)
    assert b"application/vnd.ms-excel.addin.macroEnabled.main+xml" in addin.part("[Content_Types].xml")
    assert b"application/vnd.ms-office.vbaProject" in addin.part("[Content_Types].xml")
    assert b"relationships/ui/extensibility" in addin.part("_rels/.rels")


def test_protection_is_encoded_as_vba_does() -> None:
    """xlwings' own records name their project's key: the sum of its id's characters."""
    with AddinFile(THEIRS[0]).project() as ole:
        text = ole.openstream("PROJECT").read().decode("latin-1")
    identity = text.split('ID="')[1].split('"')[0]
    theirs, ours = (
        bytes.fromhex(text.split('CMG="')[1].split('"')[0]),
        bytes.fromhex(protection(bytes(4), identity)),
    )
    assert theirs[0] ^ theirs[2] == ours[0] ^ ours[2]
    assert unprotected(ours.hex()) == bytes(4)


def test_every_module_comes_back_to_the_letter() -> None:
    expected = {module.name: module.source for module in modules_of(ROOT / "xlmacros")}
    expected["xlwings"] = stored(xlwings_module.taken())
    assert AddinFile(OURS).sources == expected


def test_the_directory_names_every_module_once_with_its_kind() -> None:
    with AddinFile(OURS).project() as ole:
        directory = bytes(decompress_stream(bytearray(ole.openstream("VBA/dir").read())))
        streams = {path[1] for path in ole.listdir() if path[0] == "VBA"} - {"dir", "_VBA_PROJECT"}
    names, kinds = [], []
    for identity, content in records(directory):
        if identity == 0x0019:
            names.append(content.decode("ascii"))
        elif identity in (0x0021, 0x0022):
            kinds.append(identity == 0x0022)
    assert set(names) == streams
    assert {name for name, document in zip(names, kinds, strict=True) if document} == AddinFile(
        OURS
    ).documents


def records(directory: bytes) -> list[tuple[int, bytes]]:
    """The records of a ``dir`` stream; the version's says 4 bytes and has 6."""
    found, at = [], 0
    while at < len(directory):
        identity, size = struct.unpack_from("<HI", directory, at)
        size = 6 if identity == 0x0009 else size
        found.append((identity, directory[at + 6 : at + 6 + size]))
        at += 6 + size
    assert at == len(directory)
    return found


def test_xlwings_notice_travels_along() -> None:
    source = AddinFile(OURS).sources["xlwings"]
    assert "Copyright (C) 2014-present, Zoomer Analytics LLC." in source
    assert "Redistributions in binary form must reproduce" in source
    assert "Changed for this add-in" in source


def test_an_xlwings_of_another_version_is_not_packed() -> None:
    other = xlwings_module.original().replace("'Version: 0.37.8", "'Version: 0.37.9")
    with pytest.raises(LookupError, match="different versions"):
        xlwings_module.changed(other)
    moved = xlwings_module.original().replace("    ' User Config", "    ' User settings")
    with pytest.raises(LookupError, match="stands 0 times"):
        xlwings_module.changed(moved)


def test_a_rebuild_gives_the_same_bytes() -> None:
    assert packed(ROOT / "xlmacros", ROOT / "workbook" / "ribbon.xml") == OURS.read_bytes()


@pytest.mark.parametrize(
    "module",
    [
        Module("1st", Kind.CODE, 'Attribute VB_Name = "1st"\r\n'),
        Module("A", Kind.CODE, 'Attribute VB_Name = "B"\r\n'),
        Module("A", Kind.CODE, 'Attribute VB_Name = "A"\r\n\' 中\r\n'),
        Module("A", Kind.CODE, 'Attribute VB_Name = "A"\r\nSub B()\nEnd Sub\r\n'),
    ],
    ids=["name", "another name", "Chinese", "line ends"],
)
def test_a_module_that_vba_would_not_take_is_refused(module: Module) -> None:
    with pytest.raises(ValueError, match=r"name|ASCII"):
        vba_project("P", [module])


@pytest.mark.validator
def test_the_package_is_clean_by_the_schema(validator: str) -> None:
    run = subprocess.run([validator, str(OURS)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


@pytest.mark.validator
@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("customUI/customUI14.xml", b'size="large"', b'size="huge"'),
        ("customUI/customUI14.xml", b"supertip=", b"superTip="),
        ("xl/workbook.xml", b"<sheets>", b"<sheets/><sheets>"),
    ],
)
def test_the_validator_does_see_a_broken_copy(
    validator: str, tmp_path: Path, part: str, old: bytes, new: bytes
) -> None:
    broken = tmp_path / "broken.xlam"
    shutil.copy(OURS, broken)
    with zipfile.ZipFile(OURS) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                assert old in content
                content = content.replace(old, new)
            target.writestr(name, content)
    assert subprocess.run([validator, str(broken)], capture_output=True, check=False).returncode != 0
