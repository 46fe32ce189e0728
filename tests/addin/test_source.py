"""Chinese words in a macro reach every PC as the same words, whatever its code page; where that cannot be, they are refused."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.addin.source import LONGEST_LINE, stored


def spoken(expression: str) -> str:
    """What VBA makes of a chain of literals and ChrW()."""
    pieces = re.findall(r'"((?:[^"]|"")*)"|ChrW\(&H([0-9A-F]{4})\)', expression)
    units = b"".join(
        bytes.fromhex(code) if code else words.replace('""', '"').encode("utf-16-be")
        for words, code in pieces
    )
    return units.decode("utf-16-be")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=40))
def test_a_literal_says_the_same_after_packing(words: str) -> None:
    literal = words.replace('"', '""')
    line = stored(f'    Say "{literal}"').removesuffix("\r\n")
    assert line.isascii()
    assert spoken(line.removeprefix("    Say ")) == words


def test_ascii_source_is_stored_as_it_stands() -> None:
    source = 'Attribute VB_Name = "A"\nSub A() \' a "note"\n    x = "it\'s ""q"""\nEnd Sub\n'
    assert stored(source) == source.replace("\n", "\r\n")


@pytest.mark.parametrize(
    "line",
    [
        'Const Title = "民生"',
        'Private Const Title As String = "民生"',
        'Declare Function F Lib "民生" ()',
        'Public Sub A(Optional x As String = "民生")',
        'Attribute VB_Description = "民生"',
        '#If App = "民生" Then',
        'Public Const A = _\n    "民生"',
    ],
)
def test_chinese_where_vba_wants_a_constant_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="constant"):
        stored(line)


@pytest.mark.parametrize("line", ["Dim 数 As Long", "x = 1 ' 说明", "Rem 说明", 'x = "a" & 数'])
def test_chinese_outside_a_literal_is_refused_with_its_line(line: str) -> None:
    with pytest.raises(ValueError, match=r"M\.bas:2: Chinese outside"):
        stored(f"\n{line}", "M.bas")


def test_a_line_that_grows_too_long_for_vba_is_refused() -> None:
    assert stored(f'x = "{"民" * 50}"')
    with pytest.raises(ValueError, match="break the text"):
        stored(f'x = "{"民" * (LONGEST_LINE // 14)}"')
