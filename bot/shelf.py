"""The place of the library in use: handlers look here, and saving a revision puts a new library in."""

from dataclasses import dataclass

from answering.library import Library


@dataclass(slots=True)
class Shelf:
    """Holds the library that answers; replaced as a whole, so a handler sees the old one or the new."""

    library: Library
