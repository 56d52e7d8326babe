"""One file a recognizer: text → mentions."""
