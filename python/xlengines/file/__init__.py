"""Workbooks on disk: a zip of parts, of which only the changed ones are written anew."""
