"""Every rule with its stable code, in one table.

D… readings of the 任务书 (document.py), M… the master (master.py), S… files that units send in (submission.py).
"""

from __future__ import annotations

from ..finding import Rule
from . import document, master, submission

__all__ = ["RULES"]

RULES: dict[str, Rule] = {
    rule.code: rule
    for room in (document, master, submission)
    for rule in vars(room).values()
    if isinstance(rule, Rule)
}
