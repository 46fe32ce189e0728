"""What a cell's value means, once for every reader: numbers, dates, text, labels. Nothing else of the product is known here."""
