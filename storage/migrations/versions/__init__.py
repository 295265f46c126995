"""One file a step; its name starts with the number that the database remembers."""
