"""Translations: gettext bound to a language, read from `locales/` once."""

import gettext as catalogues
from functools import cache
from io import BytesIO
from pathlib import Path

from domain.errors import BadSetting
from domain.languages import Language

DOMAIN = "zhunshi"
LOCALES = Path(__file__).resolve().parents[2] / "locales"
LOCALE_NAMES = {
    Language.SIMPLIFIED: "zh_Hans",
    Language.TRADITIONAL: "zh_Hant",
    Language.ENGLISH: "en",
}


class Translator:
    """Says things in one language; one instance a language, so it is a key for caches.

    A text is its English source with named `{placeholders}`.
    """

    __slots__ = ("_gettext", "_ngettext", "chinese", "language")

    def __init__(self, language: Language, catalogue: catalogues.NullTranslations) -> None:
        self.language = language
        self.chinese = language is not Language.ENGLISH
        self._gettext = catalogue.gettext
        self._ngettext = catalogue.ngettext

    def say(self, message: str, /, **values: object) -> str:
        """The translation of a source text with its placeholders filled."""
        return self._gettext(message).format(**values)

    def say_n(self, one: str, many: str, n: int, /, **values: object) -> str:
        """The same for a counted thing; `{n}` is the count unless `values` says how to write it."""
        return self._ngettext(one, many, n).format(**{"n": n, **values})


@cache
def gettext(language: Language) -> Translator:
    """The translator of a language.

    Raises:
        BadSetting: the translations are not where they belong.
    """
    return Translator(language, _catalogue(LOCALES / LOCALE_NAMES[language] / "LC_MESSAGES" / f"{DOMAIN}.po"))


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate this later"
    """Mark a text for translation where a table holds it."""
    return message


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802 - the same for a counted text
    """Mark a counted text for translation where a table holds it."""
    return one, many


def _catalogue(source: Path) -> catalogues.GNUTranslations:
    """The compiled file, or the source compiled in memory where there is none or an older one."""
    compiled = source.with_suffix(".mo")
    try:
        if compiled.exists() and (not source.exists() or compiled.stat().st_mtime >= source.stat().st_mtime):
            with compiled.open("rb") as file:
                return catalogues.GNUTranslations(file)
        return _compile(source)
    except (OSError, ValueError) as error:
        raise BadSetting(
            f"no translations at {source.parent}; compile with: pybabel compile -d locales -D {DOMAIN}"
        ) from error


def _compile(source: Path) -> catalogues.GNUTranslations:
    # Babel's reader takes 30 ms to import, and is needed in a fresh checkout only.
    from babel.messages import mofile, pofile  # noqa: PLC0415 - the reason above

    with source.open("rb") as file:
        catalogue = pofile.read_po(file, abort_invalid=True)
    buffer = BytesIO()
    mofile.write_mo(buffer, catalogue)
    buffer.seek(0)
    return catalogues.GNUTranslations(buffer)
