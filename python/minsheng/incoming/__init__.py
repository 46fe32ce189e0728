"""What comes from outside: read as files, guarded, never opened in a program that runs what is in them."""
