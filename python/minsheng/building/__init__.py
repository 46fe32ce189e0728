"""New workbooks and documents from templates/: built offline, never used on a file that someone already works in."""
