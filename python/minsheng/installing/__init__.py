"""Onto an office PC and off it again: the user's own profile alone, without administrator rights or internet.

Standard library only: the kit runs this from our wheel before anything is installed.
"""

from .console import VERBS, run

__all__ = ["VERBS", "run"]
