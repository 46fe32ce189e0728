"""Blocks become pieces with a meaning, and pieces become sections, one a project."""
