"""Every regular expression that meets text from outside takes time in proportion to that text, whatever it says.

Each pattern of these rooms is taken apart, and texts are made of it that begin as a match does and never end as one: the
beginning of a match up to each of its parts, over and over, and each part that repeats, over and over. A pattern that tries
every start or every division of such a text anew takes hundreds of times longer than its length.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import FrameType, ModuleType
from typing import Any

import pytest

from minsheng import cells
from minsheng.incoming import forms, numbers, spreadsheets, task_document

ROOMS = (spreadsheets, forms, cells, task_document)
LENGTH = 40_000
#: Seconds of the processor for one text of that length. A linear search takes a tenth of it at the most, a quadratic one twice as long on a fast machine.
SECONDS = 0.3
SEARCHES = ("search", "findall", "finditer", "sub", "subn", "split", "scanner")


class Slow(Exception):
    pass


def modules() -> Iterator[ModuleType]:
    for room in ROOMS:
        for found in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            yield importlib.import_module(found.name)
    yield numbers


def patterns() -> Iterator[tuple[str, re.Pattern[Any], bool]]:
    """Where a pattern stands, the pattern, and whether it is looked for at every place of a text."""
    for module in modules():
        assert module.__file__ is not None
        tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
        searched = {
            node.value.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and node.attr in SEARCHES and isinstance(node.value, ast.Name)
        }
        for name, value in vars(module).items():
            for pattern in compiled(value):
                own = name in searched or not isinstance(value, re.Pattern)
                yield f"{module.__name__}.{name} {pattern.pattern!r:.60}", pattern, own
        for node in ast.walk(tree):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name("re"), attr=method), args=[ast.Constant(text), *_]
                ):
                    if method != "compile":
                        yield f"{module.__name__}:{node.lineno}", re.compile(text), method in SEARCHES


def compiled(value: object) -> Iterator[re.Pattern[Any]]:
    """Patterns that a module keeps, alone or in a table."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from compiled(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from compiled(each)


CANDIDATES = (
    *map(chr, range(32, 127)),
    *map(chr, range(32)),
    "万",
    "中",
    "．",
    "一",
    "\u200b",
    "\uff11",
    "\xa0",
)


def example(one: tuple[Any, Any]) -> str:
    """A character that a part of a pattern takes."""
    kind, value = one
    if kind is code.LITERAL:
        return chr(value)
    if kind is code.IN and value[0][0] in (code.LITERAL, code.RANGE):
        return chr(value[0][1] if value[0][0] is code.LITERAL else value[0][1][0])
    written = re.compile(rebuilt(one), re.DOTALL)
    return next(each for each in CANDIDATES if written.match(each))


def rebuilt(one: tuple[Any, Any]) -> str:
    """The part as it may have been written."""
    kind, value = one
    if kind is code.LITERAL:
        return re.escape(chr(value))
    if kind is code.NOT_LITERAL:
        return f"[^{re.escape(chr(value))}]"
    if kind is code.ANY:
        return "."
    inside = ""
    for what, detail in value:
        if what is code.NEGATE:
            inside += "^"
        elif what is code.LITERAL:
            inside += re.escape(chr(detail))
        elif what is code.RANGE:
            inside += f"{re.escape(chr(detail[0]))}-{re.escape(chr(detail[1]))}"
        else:
            inside += CATEGORIES[detail]
    return f"[{inside}]"


CATEGORIES = {
    code.CATEGORY_DIGIT: r"\d", code.CATEGORY_NOT_DIGIT: r"\D", code.CATEGORY_SPACE: r"\s",
    code.CATEGORY_NOT_SPACE: r"\S", code.CATEGORY_WORD: r"\w", code.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip
ONE = (code.LITERAL, code.NOT_LITERAL, code.ANY, code.IN)
REPEATS = (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT)


def beginnings(sequence: Any, before: str = "") -> tuple[str, set[str], set[str]]:
    """A text that matches ``sequence`` behind ``before``; the beginnings of it; what its repeats repeat."""
    text, starts, repeated = before, set(), set()
    for one in sequence:
        kind, value = one
        if kind in ONE:
            text += example(one)
        elif kind in REPEATS:
            least, most, inner = value
            inside, more, repeats = beginnings(inner, text)
            starts |= more
            repeated |= repeats
            part = inside[len(text) :]
            if most > 8:
                repeated.add(part)
            text += part * max(least, 1)
        elif kind is code.SUBPATTERN or kind is code.ATOMIC_GROUP:
            inner = value[-1] if kind is code.SUBPATTERN else value
            text, more, repeats = beginnings(inner, text)
            starts |= more
            repeated |= repeats
        elif kind is code.BRANCH:
            ways = [beginnings(way, text) for way in value[1]]
            for _, more, repeats in ways:
                starts |= more
                repeated |= repeats
            starts |= {way for way, _, _ in ways}
            text = ways[0][0]
        starts.add(text)
    return text, starts, repeated


def texts(pattern: re.Pattern[Any]) -> Iterator[str | bytes]:
    """Texts of LENGTH that begin as a match does, over and over, and never end as one."""
    of_bytes = isinstance(pattern.pattern, bytes)
    whole = pattern.pattern.decode("latin-1") if of_bytes else pattern.pattern
    _, starts, repeated = beginnings(
        parser.parse(whole, pattern.flags & ~re.UNICODE if of_bytes else pattern.flags)
    )
    longest = max(starts, key=len, default="")
    fragments = starts | repeated | {start + part for start in starts for part in repeated}
    made = {(start, fragment) for fragment in fragments for start in ("", longest)}
    made |= {(start, part) for start in starts for part in repeated}
    for start, fragment in sorted(made):
        if fragment:
            text = start + fragment * (LENGTH // len(fragment)) + "\0"
            yield text.encode("latin-1", "ignore") if of_bytes else text


def seconds_out(_signal: int, _frame: FrameType | None) -> None:
    raise Slow


def is_slow(pattern: re.Pattern[Any], *, searched: bool) -> str | bytes | None:
    """The text that it takes too long over, its beginning."""
    before = signal.signal(signal.SIGVTALRM, seconds_out)
    try:
        for text in texts(pattern):
            signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
            try:
                pattern.match(text)
                pattern.fullmatch(text)
                if searched:
                    for _ in pattern.finditer(text):
                        pass
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            except Slow:
                return text[:200]
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return None


FOUND = {name: (pattern, searched) for name, pattern, searched in patterns()}


@pytest.mark.parametrize("name", FOUND)
def test_a_pattern_takes_time_in_proportion(name: str) -> None:
    pattern, searched = FOUND[name]
    assert is_slow(pattern, searched=searched) is None


@pytest.mark.parametrize(
    ("pattern", "searched"),
    [
        (rb'<c r="[A-Z]{1,3}\d{1,7}"[^>]*(?:(?<=/)>|></c>)', True),
        (rb"(?:<c[^>]*>)*</row>", True),
        (r"(?:\s*\w+)*$", False),
        (r"\s+$", True),
        (r"(\d+)*x", False),
        (r"(?:a|ab)*b*c", True),
        (r"\d*\d*\d*x", False),
    ],
)
def test_a_slow_pattern_is_noticed(pattern: str | bytes, searched: bool) -> None:
    assert is_slow(re.compile(pattern), searched=searched) is not None


def test_the_patterns_are_found() -> None:
    assert len(FOUND) > 20
