"""通报: what a month's circular says, figures and sentences. Pure; the page belongs to building/bulletin."""

from .compose import compose
from .page import AnnexRow, Bulletin, LateItem, RankRow, Section

__all__ = ["AnnexRow", "Bulletin", "LateItem", "RankRow", "Section", "compose"]
