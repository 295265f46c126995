"""Translations: complete in every language, named when they are not, needing no compiler to run."""

import json
import os
import shutil
from pathlib import Path

import pytest

from bot import catalogs
from bot.words import translations
from bot.words.translations import LOCALES, gettext
from domain.errors import BadSetting
from domain.languages import Language

HANS = Path("zh_Hans/LC_MESSAGES/zhunshi.po")


@pytest.fixture
def locales(tmp_path: Path) -> Path:
    """A copy of the catalogues to plant faults in."""
    copy = tmp_path / "locales"
    shutil.copytree(LOCALES, copy, ignore=shutil.ignore_patterns("*.mo"))
    catalogs.main(["--locales", str(copy), "update"])
    return copy


def replaced(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def problems(locales: Path) -> list[str]:
    return catalogs.check(catalogs.extract(), locales)


def test_every_text_is_translated_into_every_language(capsys: pytest.CaptureFixture[str]) -> None:
    assert catalogs.main(["check"]) == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('msgstr "牵头"', 'msgstr ""', "zh_Hans: missing: in the lead"),
        ('msgid "in the lead"', '#, fuzzy\nmsgid "in the lead"', "zh_Hans: fuzzy: in the lead"),
        ('msgid "in the lead"', 'msgid "at the head"', "zh_Hans: obsolete: at the head"),
        ('msgid "in the lead"', 'msgid "at the head"', "zh_Hans: absent: in the lead"),
        ('msgid "in the lead"', '#~ msgid "gone"\n#~ msgstr "x"\n\nmsgid "in the lead"', "obsolete: gone"),
        ('msgstr "{names}牵头"', 'msgstr "{name}牵头"', "placeholders differ: In the lead: {names}"),
        ('msgstr "{names}牵头"', 'msgstr "{names牵头"', "placeholders differ: In the lead: {names}"),
        ('msgstr[0] "还有 {n} 天"', 'msgstr[0] ""', "zh_Hans: missing: {n} days left"),
    ],
)
def test_a_planted_fault_is_named(locales: Path, old: str, new: str, problem: str) -> None:
    before = problems(locales)
    replaced(locales / HANS, old, new)
    found = [line for line in problems(locales) if line not in before]
    assert any(line.endswith(problem) for line in found), found


def test_a_missing_catalogue_is_named_with_what_to_do(locales: Path) -> None:
    (locales / HANS).unlink()
    assert "zh_Hans: no zhunshi.po; make it with: python -m bot.catalogs update" in problems(locales)


def test_check_ends_with_one_where_something_is_wrong(locales: Path) -> None:
    replaced(locales / HANS, 'msgstr "牵头"', 'msgstr ""')
    assert catalogs.main(["--locales", str(locales), "check"]) == 1


def test_update_keeps_translations_and_drops_what_is_gone(locales: Path) -> None:
    before = (locales / HANS).read_text(encoding="utf-8")
    replaced(
        locales / HANS,
        "#: bot/words/charges.py",
        '#: bot/gone.py\nmsgid "gone"\nmsgstr "没了"\n\n#: bot/words/charges.py',
    )
    catalogs.main(["--locales", str(locales), "update"])
    assert (locales / HANS).read_text(encoding="utf-8") == before


def test_translations_are_merged_from_json(locales: Path, tmp_path: Path) -> None:
    replaced(locales / HANS, 'msgid "in the lead"', '#, fuzzy\nmsgid "in the lead"')
    given = tmp_path / "given.json"
    given.write_text(
        json.dumps({"in the lead": {"zh_Hans": "领头"}, "{n} day left": {"zh_Hans": "剩 {n} 天"}})
    )
    assert catalogs.main(["--locales", str(locales), "merge", str(given)]) == 0
    text = (locales / HANS).read_text(encoding="utf-8")
    assert 'msgid "in the lead"\nmsgstr "领头"' in text
    assert "fuzzy" not in text
    assert 'msgstr[0] "剩 {n} 天"' in text


def test_a_broken_file_ends_in_one_line(
    locales: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = tmp_path / "given.json"
    for text in ("{", '["a"]', '{"in the lead": "领头"}'):
        given.write_text(text, encoding="utf-8")
        assert catalogs.main(["--locales", str(locales), "merge", str(given)]) == 2
    (locales / HANS).write_text('msgid "a\n', encoding="utf-8")
    assert catalogs.main(["--locales", str(locales), "check"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 4


def test_texts_are_translated_without_compiled_files(locales: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translations, "LOCALES", locales)
    fresh = gettext.__wrapped__(Language.TRADITIONAL)
    assert fresh.say("in the lead") == "牽頭"
    assert fresh.say_n("{n} day left", "{n} days left", 2) == "還有 2 天"


def test_a_compiled_file_older_than_its_source_is_passed_over(
    locales: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = locales / HANS
    source.with_suffix(".mo").write_bytes(b"stale")
    replaced(source, 'msgstr "牵头"', 'msgstr "领头"')
    later = source.stat().st_mtime + 10
    monkeypatch.setattr(translations, "LOCALES", locales)
    os.utime(source, (later, later))
    assert gettext.__wrapped__(Language.SIMPLIFIED).say("in the lead") == "领头"


def test_missing_translations_are_an_error_that_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(translations, "LOCALES", tmp_path)
    with pytest.raises(BadSetting, match="pybabel compile -d locales -D zhunshi"):
        gettext.__wrapped__(Language.ENGLISH)
