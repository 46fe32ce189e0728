"""The manual's pictures, taken of the product at work: printed pages, and windows on a screen of their own."""
