"""Formulas between the two notations: Excel's A1 (``SUM(Sheet1!A1,2)``) and LibreOffice's own (``SUM($Sheet1.A1;2)``).

Written out here, since the host's FormulaParser drops ``#REF!``, prints a union as an argument list, loses references over
several sheets, lower-cases functions it finds new, and takes two calls a cell. Both directions work on text alone: a
reference reads the same from every cell.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ..errors import BadFormula

__all__ = ["to_excel", "to_native"]

_STRING = r'"(?:[^"]|"")*"'
_QUOTED = r"'(?:[^']|'')+'"
_WORD = r"[^\W\d][\w.]*"
_NUMBER = r"(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?"
_CELL = r"\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}(?![\w(.])"
_COLUMNS = r"\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?![\w(.])"
_ROWS = r"\$?[1-9]\d{0,6}:\$?[1-9]\d{0,6}(?![\w(.])"
_REFERENCE = rf"(?:{_COLUMNS}|{_ROWS}|{_CELL}(?::{_CELL})?)"
_ERROR = r"#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A)"

_EXCEL = re.compile(
    rf"(?P<string>{_STRING})"
    rf"|(?P<space>\s+)"
    rf"|(?P<sheet>{_QUOTED}|[^\W\d][\w.]*(?::[^\W\d][\w.]*)?|#REF)!(?P<target>{_REFERENCE}|#REF!|{_WORD})"
    rf"|(?P<reference>{_REFERENCE})"
    rf"|(?P<function>{_WORD})\("
    rf"|(?P<brackets>\w*\[(?:[^\[\]]|\[[^\[\]]*\])*\])"
    rf"|(?P<error>{_ERROR})"
    rf"|(?P<number>{_NUMBER})"
    rf"|(?P<word>{_WORD})"
    r"|(?P<compare><=|>=|<>)|(?P<sign>.)",
    re.DOTALL,
)

_NATIVE_SHEET = rf"\$?(?:{_QUOTED}|[^\W\d]\w*|#REF!)\."
_NATIVE_CELL = r"\$?(?:[A-Z]{1,3}|#REF!)\$?(?:[1-9]\d{0,6}|#REF!)(?![\w(.])"
_NATIVE = re.compile(
    rf"(?P<string>{_STRING})"
    rf"|(?P<truth>TRUE|FALSE)\(\)"
    rf"|(?P<function>{_WORD})\("
    rf"|(?P<error>{_ERROR}(?!\.))"
    rf"|(?:(?P<book>{_QUOTED})#)?(?P<sheet>{_NATIVE_SHEET})"
    rf"(?P<target>{_COLUMNS}|{_ROWS}|{_NATIVE_CELL}(?::(?P<sheet2>{_NATIVE_SHEET})?{_NATIVE_CELL})?|{_WORD})"
    rf"|(?P<local>{_NATIVE_CELL}(?::{_NATIVE_CELL})?)"
    rf"|(?P<brackets>\w*\[(?:[^\[\]]|\[[^\[\]]*\])*\])"
    rf"|(?P<number>{_NUMBER})"
    rf"|(?P<word>{_WORD})"
    r"|(?P<sign>.)",
    re.DOTALL,
)

#: Excel's function → the one of LibreOffice that computes the same. Add-in functions are read under their long names.
_RENAMED = {"CEILING": "CEILING.XCL", "FLOOR": "FLOOR.XCL"}
_ADD_IN = "COM.SUN.STAR.SHEET.ADDIN.ANALYSIS.GET"
_RENAMED_BACK = {native: excel for excel, native in _RENAMED.items()}
_NEWER = re.compile(r"_xlfn\.(?:_xlws\.)?", re.IGNORECASE)
_PLAIN_SHEET = re.compile(r"[^\W\d]\w*")


@lru_cache(maxsize=8192)
def to_native(formula: str) -> str:
    """``=SUM(A1,'b c'!B2)`` → ``=SUM(A1;$'b c'.B2)``; BadFormula where no such formula can stand in a cell.

    The host would take "=1+" without a word and show an error code: a formula that breaks off is refused here.
    """
    if len(formula) > 8192:
        raise BadFormula("formula-too-long")
    return "=" + _Reader(formula).native()


class _Reader:
    """One pass over an Excel formula that knows whether an operand or an operator is due."""

    def __init__(self, formula: str) -> None:
        self._formula = formula
        self._out: list[str] = []
        self._open: list[str] = []  # f(unction), g(roup), a(rray)
        self._due = True  # an operand is due
        self._may_omit = False  # … or an argument left out
        self._gap = False  # white space since the last operand

    def native(self) -> str:
        for token in _EXCEL.finditer(self._formula, 1):
            kind = token.lastgroup
            if kind == "target":
                kind = "sheet"
            if kind == "space":
                self._gap = not self._due
                continue
            getattr(self, f"_{kind}")(token)
            self._gap = False
        if self._due or self._open:
            self._refuse()
        return "".join(self._out)

    def _refuse(self) -> None:
        raise BadFormula("bad-formula", formula=self._formula[:80])

    def _operand(self, text: str, *, refers: bool = True) -> None:
        if not self._due:
            if not (self._gap and refers):
                self._refuse()
            self._out.append("!")  # white space between operands intersects them
        self._out.append(text)
        self._due = self._may_omit = False

    def _string(self, token: re.Match[str]) -> None:
        self._operand(token[0], refers=False)

    _number = _string

    def _reference(self, token: re.Match[str]) -> None:
        self._operand(token[0])

    _error = _reference

    def _sheet(self, token: re.Match[str]) -> None:
        sheet, target = token["sheet"], token["target"]
        plain = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
        if "#REF" in (sheet, target.rstrip("!")):
            self._operand("#REF!")
        elif "[" in plain:
            raise BadFormula("formula-elsewhere", formula=self._formula[:80])
        else:
            first, _, last = plain.partition(":")
            start, _, end = target.partition(":")
            if last:  # over several sheets
                end = end or start
                self._operand(f"{_native_sheet(first)}{start}:{_native_sheet(last)}{end}")
            else:
                self._operand(_native_sheet(first) + target)

    def _word(self, token: re.Match[str]) -> None:
        word = token[0]
        self._operand(f"{word.upper()}()" if self._open[-1:] != ["a"] and _is_truth(word) else word)

    def _brackets(self, token: re.Match[str]) -> None:
        self._operand(token[0].replace(",", ";"))

    def _function(self, token: re.Match[str]) -> None:
        name = _NEWER.sub("", token["function"]).upper()
        self._operand(_RENAMED.get(name, name) + "(")
        self._open.append("f")
        self._due = self._may_omit = True

    def _compare(self, token: re.Match[str]) -> None:
        if self._due:
            self._refuse()
        self._out.append(token[0])
        self._due = True

    def _sign(self, token: re.Match[str]) -> None:
        sign = token[0]
        inside = self._open[-1] if self._open else ""
        if sign in "+-" and self._due:
            self._out.append(sign)
            self._may_omit = False
        elif sign in "+-*/^&=<>:":
            self._compare(token)
        elif sign == "%" and not self._due:
            self._out.append(sign)
        elif sign in "({":
            self._operand(sign)
            self._open.append("g" if sign == "(" else "a")
            self._due = True
        elif sign in ")}":
            self._close(sign, inside)
        elif sign in ",;":
            self._separate(sign, inside)
        else:
            self._refuse()

    def _close(self, sign: str, inside: str) -> None:
        complete = not self._due or (inside == "f" and self._may_omit)
        if inside not in (("f", "g") if sign == ")" else ("a",)) or not complete:
            self._refuse()
        self._open.pop()
        self._out.append(sign)
        self._due = self._may_omit = False

    def _separate(self, sign: str, inside: str) -> None:
        native = {"f,": ";", "g,": "~", ",": "~", "a,": ";", "a;": "|"}.get(inside + sign)
        if native is None or (self._due and not self._may_omit):
            self._refuse()
        assert native is not None
        self._out.append(native)
        self._due = True
        self._may_omit = inside == "f"


@lru_cache(maxsize=8192)
def to_excel(formula: str) -> str:
    """``=SUM(A1;$'b c'.B2)`` → ``=SUM(A1,'b c'!B2)``, for formulas as the host gives them."""
    parts: list[str] = ["="]
    inside: list[str] = []
    for token in _NATIVE.finditer(formula, 1):
        kind, text = token.lastgroup, token[0]
        if kind == "truth":
            text = token["truth"]
        elif kind == "function":
            name = token["function"]
            name = _RENAMED_BACK.get(name, name.removeprefix(_ADD_IN))
            text = f"{name}("
            inside.append("f")
        elif kind in ("target", "sheet2"):
            text = _excel_reference(token)
        elif kind == "local" and "#REF!" in text:
            text = "#REF!"
        elif kind == "brackets":
            text = text.replace(";", ",")
        elif kind == "sign":
            text = _excel_sign(text, inside)
        parts.append(text)
    return "".join(parts)


def _excel_sign(sign: str, inside: list[str]) -> str:
    if sign in "({":
        inside.append("g" if sign == "(" else "a")
    elif sign in ")}" and inside:
        inside.pop()
    elif sign == ";":
        return ","
    elif sign == "|" and inside[-1:] == ["a"]:
        return ";"
    elif sign == "~":
        return ","
    elif sign == "!":
        return " "
    return sign


def _excel_reference(token: re.Match[str]) -> str:
    first = _sheet_name(token["sheet"])
    last = _sheet_name(token["sheet2"]) if token["sheet2"] else first
    target = token["target"].replace(token["sheet2"], "") if token["sheet2"] else token["target"]
    if "#REF!" in (first, last):
        return "#REF!"
    if "#REF!" in target:
        target = "#REF!"
    name = first if first == last else f"{first}:{last}"
    if token["book"]:
        folder, _, file = token["book"][1:-1].rpartition("/")
        name = f"{folder.removeprefix('file://')}/[{file}]{name}"
    if first != last:
        start, _, end = target.partition(":")
        target = start if start == end else target
    return f"{_excel_sheet(name)}!{target}"


def _sheet_name(prefix: str) -> str:
    text = prefix.removeprefix("$").removesuffix(".")
    return text[1:-1].replace("''", "'") if text.startswith("'") else text


def _excel_sheet(name: str) -> str:
    return (
        name
        if _PLAIN_SHEET.fullmatch(name) and not _CELL_LIKE.fullmatch(name)
        else "'" + name.replace("'", "''") + "'"
    )


def _native_sheet(name: str) -> str:
    return f"${name}." if _PLAIN_SHEET.fullmatch(name) else "$'" + name.replace("'", "''") + "'."


def _is_truth(word: str) -> bool:
    return word.upper() in ("TRUE", "FALSE")


_CELL_LIKE = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*")
