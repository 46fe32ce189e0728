"""Operators between values, and the same element by element between arrays."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from ..values import CellError
from .operands import DIVISION, NUMBER, Unsure, as_number, as_text

__all__ = ["BINARY", "PREFIX", "elementwise", "equal"]

Binary = Callable[[Any, Any], Any]
#: Numbers nearer than this, relative to their size, are equal to one program and not to another.
_NEAR = 1e-13


def elementwise(function: Binary, left: Any, right: Any) -> list[list[Any]]:
    """An array and a single value, or two arrays of one shape; Unsure of other shapes."""
    if type(left) is not list:
        return [[function(left, other) for other in row] for row in right]
    if type(right) is not list:
        return [[function(one, right) for one in row] for row in left]
    if len(left) != len(right) or len(left[0]) != len(right[0]):
        raise Unsure
    return [list(map(function, one, other)) for one, other in zip(left, right, strict=True)]


def _arithmetic(operation: Callable[[float, float], float]) -> Binary:
    def apply(left: Any, right: Any) -> Any:
        if type(left) is bool:
            left = float(left)
        elif type(left) is not float and type(left := as_number(left)) is CellError:
            return left
        if type(right) is bool:
            right = float(right)
        elif type(right) is not float and type(right := as_number(right)) is CellError:
            return right
        try:
            result = operation(left, right)
        except ZeroDivisionError:
            return DIVISION
        except OverflowError:
            return NUMBER
        return result if math.isfinite(result) else NUMBER

    return apply


def _power(base: float, exponent: float) -> float:
    if base < 0 and not exponent.is_integer():
        raise OverflowError
    if base == 0 and exponent == 0:
        raise Unsure
    return float(base**exponent)


def _joined(left: Any, right: Any) -> Any:
    left, right = as_text(left), as_text(right)
    if type(left) is CellError:
        return left
    return right if type(right) is CellError else left + right


def equal(left: Any, right: Any) -> bool:
    """Whether two values that are no errors are equal; text whatever its case, a blank to "", 0 and FALSE."""
    kind = type(left)
    if kind is not type(right):
        if left is None:
            return bool(right == type(right)())
        return bool(right is None and left == kind())
    if kind is str:
        return bool(left == right or left.casefold() == right.casefold())
    return bool(left == right or (kind is float and _is_near(left, right)))


def _is_near(left: float, right: float) -> bool:
    if abs(left - right) <= _NEAR * max(abs(left), abs(right)):
        raise Unsure
    return False


def _less(left: Any, right: Any) -> bool:
    """Numbers before text before truth values."""
    if left is None:
        left = type(right)() if right is not None else 0.0
    if right is None:
        right = type(left)()
    if type(left) is not type(right):
        order = (float, str, bool)
        return order.index(type(left)) < order.index(type(right))
    if type(left) is str and left.casefold() != right.casefold():
        raise Unsure  # by the rules of a language
    return bool(left < right)


def _comparison(holds: Binary) -> Binary:
    def apply(left: Any, right: Any) -> Any:
        if type(left) is CellError:
            return left
        if type(right) is CellError:
            return right
        return holds(left, right)

    return apply


BINARY: dict[str, Binary] = {
    "+": _arithmetic(lambda left, right: left + right),
    "-": _arithmetic(lambda left, right: left - right),
    "*": _arithmetic(lambda left, right: left * right),
    "/": _arithmetic(lambda left, right: left / right),
    "^": _arithmetic(_power),
    "&": _joined,
    "=": _comparison(equal),
    "<>": _comparison(lambda left, right: not equal(left, right)),
    "<": _comparison(lambda left, right: not equal(left, right) and _less(left, right)),
    ">": _comparison(lambda left, right: not equal(left, right) and not _less(left, right)),
    "<=": _comparison(lambda left, right: equal(left, right) or _less(left, right)),
    ">=": _comparison(lambda left, right: equal(left, right) or not _less(left, right)),
}


def _negative(value: Any) -> Any:
    number = as_number(value)
    return number if type(number) is CellError else -number


PREFIX: dict[str, Callable[[Any], Any]] = {"-": _negative, "+": lambda value: value}
