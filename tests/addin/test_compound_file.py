"""Compound files of any shape, read back by olefile in its strictest mode and walked by the rules of [MS-CFB]."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.addin.compound_file import LARGEST, Storage, compound_file

NAMES = st.text(
    st.characters(
        min_codepoint=33, max_codepoint=0xFFFD, exclude_characters="/\\:!", exclude_categories=["Cs", "Cn"]
    ),
    min_size=1,
    max_size=31,
)
SIZES = st.sampled_from([0, 1, 63, 64, 65, 511, 512, 513, 4095, 4096, 4097, 9000])
STREAMS = st.dictionaries(NAMES, SIZES, max_size=24)


def filled(sizes: dict[str, int]) -> dict[str, bytes]:
    return {name: (name.encode("utf-8") * (size + 1))[:size] for name, size in sizes.items()}


def read_back(content: bytes) -> dict[str, bytes]:
    with olefile.OleFileIO(content, raise_defects=olefile.DEFECT_POTENTIAL) as ole:
        assert not ole.parsing_issues
        return {"/".join(path): ole.openstream(path).read() for path in ole.listdir()}


@given(STREAMS, STREAMS)
def test_every_stream_comes_back(root: dict[str, int], inner: dict[str, int]) -> None:
    root.pop("VBA", None)
    for names in (root, inner):  # names that differ in case only are one name there
        for name in list(names):
            if sum(other.upper() == name.upper() for other in names) > 1:
                del names[name]
    streams = filled(root)
    content = compound_file(Storage({**streams, "VBA": Storage({**filled(inner)})}))
    expected = streams | {f"VBA/{name}": stream for name, stream in filled(inner).items()}
    assert read_back(content) == expected


@pytest.mark.parametrize("count", range(40))
def test_siblings_form_a_red_black_tree_in_the_order_of_the_format(count: int) -> None:
    """No red parent of a red child; as many blacks on every way down; shorter names first, then by capitals."""
    names = [f"{'x' * (number % 7)}n{number}" for number in range(count)]
    content = compound_file(Storage(dict.fromkeys(names, b"x")))
    with olefile.OleFileIO(content) as ole:
        root = ole.direntries[0].sid_child
        entries = ole.direntries

        def walk(sid: int, parent_red: bool) -> tuple[int, list[str]]:
            if sid == 0xFFFFFFFF:
                return 1, []
            entry = entries[sid]
            red = entry.color == 0
            assert not (red and parent_red)
            left_blacks, left = walk(entry.sid_left, red)
            right_blacks, right = walk(entry.sid_right, red)
            assert left_blacks == right_blacks
            return left_blacks + (not red), [*left, entry.name, *right]

        _, in_order = walk(root, parent_red=False)
    assert in_order == sorted(names, key=lambda name: (len(name), name.upper()))


def chains(content: bytes) -> Iterator[int]:
    """The allocation table, sector by sector of the file."""
    for number in struct.unpack_from("<109I", content, 76):
        if number != 0xFFFFFFFF:
            yield from struct.unpack_from("<128I", content, 512 + 512 * number)


@pytest.mark.parametrize("size", [0, 5_000, 60_000, 70_000, 3_000_000])
def test_the_allocation_table_describes_every_sector_and_no_more(size: int) -> None:
    content = compound_file(Storage({"big": b"x" * size}))
    table = list(chains(content))
    sectors = (len(content) - 512) // 512
    assert all(entry != 0xFFFFFFFF for entry in table[:sectors])
    assert all(entry == 0xFFFFFFFF for entry in table[sectors:])


def test_the_limit_is_met_and_not_passed() -> None:
    """Beyond 109 sectors of allocation table the header no longer lists them all."""
    room = LARGEST - 512 - 109 * 512 - 512  # header, table, directory
    assert len(compound_file(Storage({"big": bytes(room)}))) == LARGEST
    with pytest.raises(ValueError, match="not written here"):
        compound_file(Storage({"big": bytes(room + 1)}))


@pytest.mark.parametrize("name", ["", "a/b", "a\\b", "a:b", "a!b", "x" * 32])
def test_a_name_that_the_format_does_not_allow_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        compound_file(Storage({name: b""}))


def test_names_that_differ_in_case_only_are_refused() -> None:
    with pytest.raises(ValueError, match="case"):
        compound_file(Storage({"dir": b"", "DIR": b""}))
