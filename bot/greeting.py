"""The greeting: what this is, three questions to try, and the choice of language."""

from answering.library import Library
from bot.buttons import Button, SetLanguage, Tell
from bot.mine.verbs import Verb, to
from bot.texts import Markup, Translator, cut
from bot.texts import samples as questions
from bot.views import View
from bot.words.marks import bold, finish
from domain.languages import Language

# In their own words, whatever the reader's language is.
LANGUAGE_NAMES = {
    Language.SIMPLIFIED: "简体中文",
    Language.TRADITIONAL: "繁體中文",
    Language.ENGLISH: "English",
}
SAMPLES = 3
_COLUMNS = 48


def greeting(library: Library, t: Translator) -> View:
    """The first message."""
    text = "\n\n".join(
        [
            bold(t.say("Zhunshi: what the standardisation policies say, with the source")),
            t.say(
                "Ask in Chinese or English, as you would ask a colleague."
                " In a group, mention me or reply to me."
            ),
            t.say("Try one of these, or look around with /policies."),
        ]
    )
    rows = tuple((button,) for button in samples(library, t))
    remind = Button(label="🔔 " + t.say("Be reminded of dates"), press=to(Verb.MORE))
    return View(parts=[finish(text, Markup.HTML)], rows=(*rows, (remind,), languages(greet=True)))


def languages(*, greet: bool) -> tuple[Button, ...]:
    """The row that chooses the language."""
    return tuple(
        Button(label=label, press=SetLanguage(language=language, greet=greet))
        for language, label in LANGUAGE_NAMES.items()
    )


def samples(library: Library, t: Translator) -> tuple[Button, ...]:
    """Questions that this library answers, each of another kind."""
    return tuple(
        Button(label=cut(sample.text, _COLUMNS), press=Tell(reference=sample.reference))
        for sample in questions(library.policies, t)[:SAMPLES]
    )
