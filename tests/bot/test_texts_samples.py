"""The questions offered to a newcomer are ones that get an answer."""

from datetime import date
from pathlib import Path

import pytest

from answering.answer import Status
from answering.library import Library
from bot.texts import gettext, samples
from domain.languages import Language
from storage.catalogue import load_folder
from tests.bot.texts_cast import HILL, IMPORTED

LIBRARY = Library(load_folder(Path(__file__).parents[2] / "catalogue"))
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("language", Language)
def test_every_sample_over_the_bundled_policies_is_answered(language: Language) -> None:
    offered = samples(LIBRARY.policies, gettext(language))
    assert len(offered) == 5
    for sample in offered:
        asked = LIBRARY.ask(sample.text, today=TODAY, language=language)
        pressed = LIBRARY.tell(sample.reference, today=TODAY, language=language)
        assert asked.status is Status.ANSWERED, sample.text
        assert pressed.status is Status.ANSWERED, sample.reference


def test_a_policy_with_little_in_it_still_gives_samples() -> None:
    t = gettext(Language.SIMPLIFIED)
    assert [sample.text for sample in samples((IMPORTED,), t)] == [
        "湖港的标准投入目标是多少？",
        "《湖州港标准化意见》讲了什么？",
    ]
    assert samples((), t) == ()
    assert len({sample.reference.policy for sample in samples((HILL, IMPORTED), t)}) == 1
