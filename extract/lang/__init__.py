"""Language as data: one folder a language, with the same file names in each."""
