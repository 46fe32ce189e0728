"""Formulas as functions: split into a shape and the operands that fill it, so that each shape is read only once.

A column of a thousand formulas has one shape. ``IF(C26="",NA(),C26)`` has the shape ``IF(□="",NA(),□)`` and the operands C26,
C26; references, names and numbers are operands, texts are part of the shape.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from ..values import CellError
from .functions import ARRAYS, ELEMENTWISE, FUNCTIONS
from .operands import Area, Reader, Unsure, scalar
from .operators import BINARY, PREFIX, elementwise

__all__ = ["Compiled", "compiled", "split"]

#: Given a Reader and the operands, what the formula gives: a value, an area, or rows of values.
Compiled = Callable[[Reader, "list[Any]"], Any]

_OPERAND = "\x01"
_PART = re.compile(r"""("[^"]*"|[0-9.]+[Ee][+-]?[0-9]+|(?:'(?:[^']|'')+'!)?[\w.$:!]+\(?)""")
_TOKEN = re.compile(
    rf'\s*(?P<token>{_OPERAND}|"(?:[^"]|"")*"|[^\W\d][\w.]*\(|<>|<=|>=|[-+*/^&=<>(),%])|(?P<end>\s*\Z)'
)
_LEVELS = (("=", "<>", "<", ">", "<=", ">="), ("&",), ("+", "-"), ("*", "/"), ("^",))
_BINDS = {sign: level for level, signs in enumerate(_LEVELS) for sign in signs}


def split(text: str) -> tuple[str, list[str | float]]:
    """A formula without its ``=`` → its shape, and its operands: numbers, and references and names as they are written."""
    parts = _PART.split(text)
    operands: list[str | float] = []
    for place in range(1, len(parts), 2):
        part = parts[place]
        if part[0] == '"' or part[-1] == "(":
            continue
        if part[0].isdigit() or part[0] == ".":
            try:
                operands.append(float(part))
            except ValueError:  # rows, or what no program would write: no shape is known for it
                continue
        else:
            operands.append(part)
        parts[place] = _OPERAND
    return "".join(parts), operands


@cache
def compiled(shape: str) -> Compiled | None:
    """The function of a shape; None where something in it is not known."""
    try:
        return _Parser(shape).whole()
    except (Unsure, RecursionError):
        return None


class _Parser:
    """Recursive descent. ``arrays``: whether what is read stands where areas are computed element by element."""

    def __init__(self, shape: str) -> None:
        self._tokens: list[str] = []
        self._next = 0
        self._operands = 0
        place = 0
        while (match := _TOKEN.match(shape, place)) and match["token"]:
            self._tokens.append(match["token"])
            place = match.end()
        if match is None:
            raise Unsure

    def whole(self) -> Compiled:
        found = self._binary(0, arrays=False)
        if self._peek():
            raise Unsure
        return found

    def _peek(self) -> str:
        return self._tokens[self._next] if self._next < len(self._tokens) else ""

    def _take(self) -> str:
        token = self._peek()
        if not token:
            raise Unsure
        self._next += 1
        return token

    def _binary(self, least: int, *, arrays: bool) -> Compiled:
        """Operands joined by operators that bind at least so tightly."""
        first = self._operands
        left = self._prefixed(arrays=arrays)
        while (level := _BINDS.get(self._peek(), -1)) >= least:
            left = _combined(self._take(), left, self._binary(level + 1, arrays=arrays), arrays)
            if arrays:
                left = _once(left, slice(first, self._operands))
        return left

    def _prefixed(self, *, arrays: bool) -> Compiled:
        signs = []
        while self._peek() in PREFIX:
            signs.append(self._take())
        found = self._single(arrays=arrays)
        if self._peek() == "%":
            raise Unsure
        for sign in reversed(signs):
            found = _applied(PREFIX[sign], [found], arrays)
        return found

    def _single(self, *, arrays: bool) -> Compiled:
        token = self._take()
        if token == _OPERAND:
            place, self._operands = self._operands, self._operands + 1
            return lambda reader, operands: operands[place]
        if token.startswith('"'):
            text = token[1:-1].replace('""', '"')
            return lambda reader, operands: text
        if token == "(":
            found = self._binary(0, arrays=arrays)
            if self._take() != ")":
                raise Unsure
            return found
        if token.endswith("("):
            return self._call(token[:-1].upper(), arrays=arrays)
        raise Unsure

    def _call(self, name: str, *, arrays: bool) -> Compiled:
        first_array = ARRAYS.get(name, 1000)
        arguments: list[Compiled] = []
        if self._peek() == ")":
            self._take()
        else:
            end = ","
            while end == ",":
                arguments.append(self._binary(0, arrays=arrays or len(arguments) >= first_array))
                end = self._take()
            if end != ")":
                raise Unsure
        if name == "IF" and len(arguments) in (2, 3):
            return _if(*arguments)
        if name == "IFERROR" and len(arguments) == 2:
            return _if_error(*arguments)
        if name in ELEMENTWISE:
            return _applied(ELEMENTWISE[name], arguments, arrays)
        if name not in FUNCTIONS:
            raise Unsure
        function = FUNCTIONS[name]
        return lambda reader, operands: function(
            reader, *[argument(reader, operands) for argument in arguments]
        )


def _values(value: Any, reader: Reader, arrays: bool) -> Any:
    """A single value, or rows of them where areas are computed element by element."""
    if type(value) is Area and arrays and not value.is_cell:
        return reader.rows(value)
    if type(value) is list and arrays:
        return value
    return scalar(value, reader)


def _combined(sign: str, left: Compiled, right: Compiled, arrays: bool) -> Compiled:
    function = BINARY[sign]

    def compute(reader: Reader, operands: list[Any]) -> Any:
        one = _values(left(reader, operands), reader, arrays)
        other = _values(right(reader, operands), reader, arrays)
        if type(one) is list or type(other) is list:
            return elementwise(function, one, other)
        return function(one, other)

    return compute


def _once(function: Compiled, used: slice) -> Compiled:
    """A part of a formula that is computed once for the same operands: whole columns are compared alike again and again."""

    def compute(reader: Reader, operands: list[Any]) -> Any:
        key = (function, *operands[used])
        found = reader.known_parts.get(key)
        if found is None:
            found = reader.known_parts[key] = function(reader, operands)
        return found

    return compute


def _applied(function: Callable[..., Any], arguments: list[Compiled], arrays: bool) -> Compiled:
    """A function of single values; of an array as its first argument one for each element."""

    def compute(reader: Reader, operands: list[Any]) -> Any:
        first, *others = [_values(argument(reader, operands), reader, arrays) for argument in arguments]
        if any(type(other) is list for other in others):
            raise Unsure
        if type(first) is list:
            return [[function(value, *others) for value in row] for row in first]
        return function(first, *others)

    return compute


def _if(
    condition: Compiled, then: Compiled, otherwise: Compiled = lambda reader, operands: False
) -> Compiled:
    def compute(reader: Reader, operands: list[Any]) -> Any:
        holds = scalar(condition(reader, operands), reader)
        if type(holds) is CellError:
            return holds
        if type(holds) is str:
            raise Unsure
        return (then if holds else otherwise)(reader, operands)

    return compute


def _if_error(value: Compiled, otherwise: Compiled) -> Compiled:
    def compute(reader: Reader, operands: list[Any]) -> Any:
        found = scalar(value(reader, operands), reader)
        return otherwise(reader, operands) if type(found) is CellError else found

    return compute
