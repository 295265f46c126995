"""The kinds of files that are read, each by a module of its own that knows no other."""
