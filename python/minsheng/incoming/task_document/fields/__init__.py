"""A section is interpreted: who does it, what is to be reached, in which shares and by when."""
