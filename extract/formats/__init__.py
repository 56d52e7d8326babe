"""One file an input format: bytes → text and what the format knows of it."""
