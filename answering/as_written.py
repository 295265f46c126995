"""Matching folds the asker's words to Simplified lower case; they are shown as they were written."""

from dataclasses import replace

from answering.answer import ClarifyItem, ComparisonItem, Item, MissingItem
from domain.languages import Language
from language.script import to_traditional


def as_written(item: Item, written: str, language: Language) -> Item:
    """The item with its subject in the asker's own spelling, where that can be told."""
    if isinstance(item, MissingItem | ClarifyItem | ComparisonItem) and item.subject:
        return replace(item, subject=spelled(item.subject, written, language))
    return item


def spelled(subject: str, written: str, language: Language) -> str:
    """Words of the question as the asker spelled them."""
    return " ".join([_word(word, written, language) for word in subject.split(" ")])


def _word(word: str, written: str, language: Language) -> str:
    lower = written.lower()
    at = lower.find(word) if len(lower) == len(written) else -1
    if at >= 0:
        return written[at : at + len(word)]
    return to_traditional(word) if language is Language.TRADITIONAL else word
