"""What refers to a sheet, anywhere in a workbook, after the sheet has another name or is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..sheet_mentions import rewritten
from .formula_places import KINDS_WITH_FORMULAS, may_mention, rewrite_tree
from .package_part import ContentTypes, serialised

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .workbook_part import WorkbookPart

__all__ = ["rewrite_everywhere"]


def rewrite_everywhere(
    book: WorkbookPart, sheets: Mapping[str, str | None], tables: Mapping[str, str | None] | None = None
) -> None:
    """Let cells, rules, validations, charts, drawings, controls, pivots and names of ``book`` refer to sheets and tables (keys
    in lower case) by their new names, or to ``#REF!`` for None. Parts that mention none of them keep their bytes."""

    def change(formula: str) -> str:
        return rewritten(formula, sheets, tables)

    wanted = [*sheets]
    words = [f"{table}" for table in tables or ()]
    for title in book.titles:
        if book.is_read(title) or may_mention(book.content_of(title), wanted, words):
            book.sheet(title).rewrite_formulas(change)
    for part, kind in ContentTypes(book.parts).kinds(book.parts.names).items():
        if kind.casefold().endswith(KINDS_WITH_FORMULAS) and may_mention(
            book.parts.read(part), wanted, words
        ):
            root = book.parse(part)
            if rewrite_tree(root, change):
                book.parts.write(part, serialised(root))
    book.names.rewrite(change)
    book.touch()
