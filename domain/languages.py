"""The three languages that people read."""

from enum import StrEnum


class Language(StrEnum):
    """BCP 47 tags; the value that settings, requests and the store use."""

    SIMPLIFIED = "zh-Hans"
    TRADITIONAL = "zh-Hant"
    ENGLISH = "en"
