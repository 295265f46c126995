"""A year takes longer than other tests."""

from tests.patience import patience

__all__ = ["patience"]
