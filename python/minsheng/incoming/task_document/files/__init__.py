"""A file becomes blocks: paragraphs and tables, as a reader of the print would see them."""
