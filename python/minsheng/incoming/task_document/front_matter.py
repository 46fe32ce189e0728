"""What stands before the first project: the document's title and year."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ...cells.labels import fold
from ...cells.numbers import chinese_integer
from ...domain.catalogue import document as rules
from ...domain.finding import Severity
from ...errors import NotATaskDocument
from .headings import read_heading
from .label_lines import opens_with_label
from .schedule import holds_months

if TYPE_CHECKING:
    from ...domain.finding import Finding

__all__ = ["FrontMatter", "is_legend", "read_front_matter"]

_YEAR: Final = re.compile(r"(?<!\d)((?:19|20|21)\d{2})\s*(?:年|—|-)")
_CHINESE_YEAR: Final = re.compile(r"([二][〇零○O0一二三四五六七八九]{3})年")
_ANNEX: Final = re.compile(
    r"附\s{0,4}件\s{0,4}[\d一二三四五六七八九十]{0,3}\s{0,4}[：:]?|附表\s{0,4}\d{0,3}|[（(][^（()）]{0,12}[）)]"
)
#: What a mark before a title means: "（注：*为省民生实事项目）".
_LEGEND: Final = re.compile(r"[★☆*＊▲]\s?(?:为|表示|项目|号|的)")
_LONGEST_TITLE_LINE: Final = 40
_SENTENCE: Final = re.compile(r"[。；：:]")


@dataclass
class FrontMatter:
    """``title`` is the printed title with its lines joined; ``findings`` are about year and text left over."""

    title: str
    year: int
    findings: list[Finding] = field(default_factory=list)


def read_front_matter(
    preamble: tuple[str, ...], chapters: tuple[str, ...], body: list[str], asked: int | None
) -> FrontMatter:
    """Title and year. The year is ``asked`` for, or the title's, or a chapter's, or the only one that the text names.

    NotATaskDocument where there is none.
    """
    title_lines, rest = _title_lines(preamble)
    title = "".join(title_lines)
    findings = []
    if rest:
        words = "".join(rest)
        holds_more = any(opens_with_label(line) or holds_months(line) for line in rest)
        findings.append(
            rules.TEXT_UNREAD.finding(
                where="第一个项目之前",
                original=words,
                severity=Severity.WARNING if holds_more else Severity.INFO,
            )
        )
    in_title = year_in(title) or year_in("".join(preamble)) or year_in("".join(chapters[:1]))
    title = title or "".join(line for line in chapters[:1] if year_in(line))
    if asked is not None:
        if in_title is not None and in_title != asked:
            findings.append(rules.YEAR_DIFFERS.finding(original=str(in_title), reading=str(asked)))
        return FrontMatter(title, asked, findings)
    if in_title is not None:
        return FrontMatter(title, in_title, findings)
    named = Counter(int(year) for text in body for year in _YEAR.findall(fold(text)))
    if len(named) != 1:
        raise NotATaskDocument(
            "任务书里没有写是哪一年的。", "请指定年度后再导入（命令行用 --year 2024 这样的写法）。"
        )
    year = next(iter(named))
    findings.append(rules.YEAR_FROM_TEXT.finding(original=f"{year}年", reading=str(year)))
    return FrontMatter(title, year, findings)


def is_legend(line: str) -> bool:
    """Whether a line before the title says nothing of the projects: 附件3, or what a mark means."""
    return _ANNEX.fullmatch(line.strip()) is not None or _LEGEND.search(line) is not None


def year_in(text: str) -> int | None:
    """The first year that a text names: 2024年, 二〇二四年."""
    folded = fold(re.sub(r"\s+", "", text))
    if match := _YEAR.search(folded):
        return int(match[1])
    if match := _CHINESE_YEAR.search(folded):
        return chinese_integer(re.sub("[○O0]", "〇", match[1]))
    return None


def _title_lines(preamble: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """The lines of the title (short, without a full stop, up to the first that is not), and the others."""
    title: list[str] = []
    rest: list[str] = []
    ended = False
    for line in preamble:
        words = line.strip()
        if not words or (not title and _ANNEX.fullmatch(words)) or _LEGEND.search(words):
            continue
        is_title_line = len(words) <= _LONGEST_TITLE_LINE and not _SENTENCE.search(words)
        if ended or not is_title_line or read_heading(words) is not None or _ANNEX.fullmatch(words):
            ended = ended or bool(title)
            if not _ANNEX.fullmatch(words):
                rest.append(words)
        else:
            title.append(words)
    return title, rest
