"""A changed document against a master that lives: what it changes, project by project, and what stays the clerk's."""
