"""The lexicon and the words a question asks with."""

from pathlib import Path

import pytest

import answering.cues
from answering.cues import Cue, cue_terms, kinds_of
from answering.lexicon import Lexicon, pairs, tokenize, words_of
from answering.shorthand import expand
from domain.policy import FactKind
from language.places import Level, all_places
from language.script import fold

CUES = Path(answering.cues.__file__).parent / "data" / "cues.txt"


@pytest.fixture
def lexicon() -> Lexicon[str]:
    lexicon: Lexicon[str] = Lexicon()
    for term in ("国家", "国家标准", "标准", "national standards", "standards"):
        lexicon.add(words_of(term), term)
    return lexicon


def test_the_longest_name_that_fits_is_found(lexicon: Lexicon[str]) -> None:
    found = list(lexicon.matches(words_of("国家标准和国家standards")))
    assert found == [(0, 3, ("国家标准",)), (4, 6, ("国家",)), (6, 7, ("standards",))]


def test_a_name_begun_but_not_finished_gives_the_shorter_one(lexicon: Lexicon[str]) -> None:
    assert [found[2] for found in lexicon.matches(words_of("国家标尺"))] == [("国家",)]


def test_english_names_are_found_in_any_form(lexicon: Lexicon[str]) -> None:
    assert list(lexicon.matches(words_of("a national standard"))) == [(1, 3, ("national standards",))]


def test_a_name_can_mean_several_things_but_each_once(lexicon: Lexicon[str]) -> None:
    for meaning in ("one", "one", "two"):
        lexicon.add("港口", meaning)
    assert lexicon.meanings("港口") == ("one", "two")


@pytest.mark.parametrize("unknown", ["", "标", "国家标准化"])
def test_what_is_no_name_means_nothing(lexicon: Lexicon[str], unknown: str) -> None:
    assert lexicon.meanings(unknown) == ()


def test_a_text_without_words_adds_nothing(lexicon: Lexicon[str]) -> None:
    lexicon.add(words_of("!?"), "nothing")
    assert lexicon.meanings([]) == ()


def test_tokens_know_where_they_stand() -> None:
    tokens = tokenize("4k超高清, 5g&ai")
    assert tokens.words == ["4k", "超", "高", "清", "5g&ai"]
    assert tokens.part(0, 3) == "4k超高"
    assert tokens.joined(2, 3)
    assert not tokens.joined(3, 4)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("国际标准", ["国际", "标准"]),
        ("港", []),
        ("港 port 口岸", ["port", "口岸"]),
        ("港口标准化体系", ["港口", "体系"]),
        ("standardisation bodies", ["body"]),
    ],
)
def test_search_terms_leave_out_what_every_policy_is_about(text: str, terms: list[str]) -> None:
    assert pairs(words_of(text)) == terms


def test_each_word_is_written_as_it_is_folded_and_can_be_found() -> None:
    wrong = [word for word in cue_terms() if fold(word) != word or not words_of(word)]
    assert wrong == []


def test_every_cue_has_words_and_no_word_twice() -> None:
    lines = [line for line in CUES.read_text("utf-8").splitlines() if not line.startswith("#")]
    by_cue = [part.partition("]") for part in "\n".join(lines).split("[")[1:]]
    words = {cue: [word.strip() for word in rest.replace("\n", ",").split(",")] for cue, _, rest in by_cue}
    assert sorted(words) == sorted(Cue)
    repeated = [word for them in words.values() for word in set(them) - {""} if them.count(word) > 1]
    assert repeated == []


def test_places_are_written_as_they_are_folded() -> None:
    english = [place.english for place in all_places().values() if place.level is not Level.COUNTY]
    assert [name for name in english if words_of(fold(name)) != words_of(name.lower())] == []


def test_cues_name_kinds_of_entry() -> None:
    assert kinds_of({Cue.TARGET, Cue.STAGE, Cue.WHO}) == {FactKind.TARGET, FactKind.STAGE}


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("国标多少项", "国家标准多少项"),
        ("intl std", "international standard"),
        ("哪两条", "哪几条"),
        ("到19年", "到2019年"),
        ("15年内", "15年内"),
        ("3.19年", "3.19年"),
        ("全国标准化", "全国标准化"),
        ("基地标准", "基地标准"),
        ("outcome", "outcome"),
    ],
)
def test_short_forms_are_written_out_and_nothing_else(short: str, long: str) -> None:
    assert expand(short) == long
