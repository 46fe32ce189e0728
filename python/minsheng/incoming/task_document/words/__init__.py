"""What the words of a document mean, wherever they stand: labels, numbered lines, times, what a number is said of."""
