"""汇总 as a rule of the office: which files count, what they change, what is wrong with them. Pure."""

from .plan import FileEntry, MergePlan, as_json, plan
from .register import History, MergedFile

__all__ = ["FileEntry", "History", "MergePlan", "MergedFile", "as_json", "plan"]
