"""The document of ``colour --json``."""

from __future__ import annotations

from typing import Any

from ..as_json import number_json
from ..status import Judgement

__all__ = ["as_json"]


def as_json(judgement: Judgement) -> dict[str, Any]:
    """The judgement as ``colour --json`` prints it: decimals as strings, dates in ISO form."""
    return {
        "as_of": judgement.as_of.isoformat(),
        "cells": [
            {"project": cell.project, "unit": cell.unit, "month": cell.month, "status": str(cell.status)}
            for cell in judgement.cells
        ],
        "nodes": [
            {
                "project": node.project, "index": node.index, "month": node.month, "status": str(node.status),
                "days_late": node.days_late, "reached_month": node.reached_month,
            }
            for node in judgement.nodes
        ],
        "projects": [
            {
                "project": project.project, "status": str(project.status), "light": str(project.light),
                "schedule": None if project.schedule is None else str(project.schedule),
                "plan": number_json(project.plan), "actual": number_json(project.actual),
                "rate": number_json(project.rate),
            }
            for project in judgement.projects
        ],
    }  # fmt: skip
