"""Why something that a person gave is not taken, to be told in their language."""

from bot.words.translations import Translator
from domain.errors import BadInput


class Refusal(BadInput):
    """What came in is wrong; `text` is an English source text marked by `N_`, with its placeholders."""

    def __init__(self, text: str, /, **values: object) -> None:
        super().__init__(text.format(**values))
        self._text = text
        self._values = values

    def words(self, t: Translator) -> str:
        """The reason, fit to be shown."""
        return t.say(self._text, **self._values)
