"""The catalogue format: written and read back equal; whatever is wrong is named, and nothing is loaded."""

import resource
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from domain.errors import BadCatalogue
from domain.policy import Policy
from storage import plain_yaml
from storage.catalogue import dumps, load_file, load_folder, loads
from tests.storage.samples import LUCHENG, QUICK, policies

TEXT = dumps(LUCHENG)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=QUICK)
@given(policies)
def test_any_policy_comes_back_equal_from_its_yaml(policy: Policy) -> None:
    text = dumps(policy)
    again = loads(text, name="any")
    assert again == policy
    assert dumps(again) == text


def test_a_file_written_by_hand_reads_as_its_words_say() -> None:
    assert loads(TEXT, name="lucheng") == LUCHENG
    assert "value: 0" in TEXT
    assert "quote_start: 0" in TEXT


def test_a_figure_shared_by_two_facts_is_written_twice() -> None:
    first, second = LUCHENG.targets
    twins = replace(LUCHENG, targets=(first, replace(second, value=first.value)))
    assert loads(dumps(twins), name="twins") == twins


@pytest.mark.parametrize(
    "odd", ["\x85", "\u2028", "\u2029", "\ufeff", "\r", "\r\n", " ", "\u3000", "\0", "\ue000"]
)
def test_a_quotation_keeps_its_odd_characters(odd: str) -> None:
    goal = LUCHENG.goals[0]
    for quote in (odd, f"前{odd}后", f"{odd}{odd}前 {odd}"):
        quoted = replace(goal, passage=replace(goal.passage, quote=quote))
        policy = replace(LUCHENG, goals=(quoted,))
        assert loads(dumps(policy), name="quoted") == policy


def test_years_months_and_words_stay_what_they_look_like() -> None:
    text = "id: p\ntitle: {zh: no}\nregion: {zh: 0x1f}\nissued: 2025-06-30\n"
    policy = loads(text, name="plain")
    assert (policy.title.zh, policy.region.zh, str(policy.issued)) == ("no", "0x1f", "2025-06-30")


def test_a_file_of_windows_reads_as_any_other(tmp_path: Path) -> None:
    file = tmp_path / "windows.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    assert load_file(file) == LUCHENG


def changed(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


MUTATIONS: list[tuple[Callable[[str], str], str]] = [
    (changed("id: lucheng-2024", "id: Lucheng 2024"), "id: "),
    (changed("id: lucheng-2024\n", ""), "id: Field required"),
    (changed("title:", "titel:"), "title: Field required"),
    (changed("value: 0", "value: many"), "targets[T1].value: "),
    (changed("value: 0", "value: -1"), "targets[T1].value: "),
    (changed("value: 0", "value: NaN"), "targets[T1].value: "),
    (changed("value: 0", "value: 1e999999999"), "targets[T1].value: "),
    (changed("value: 0", "value: 0e-999999999"), "targets[T1].value: "),
    (changed("value_max: 100", "value_max: 9"), "targets[T2]: value_max is below value"),
    (changed("value_max: 100", "per: year"), "targets[T2]: value_max belongs to"),
    (changed("comparator: range", "comparator: roughly"), "targets[T2].comparator: "),
    (changed("due: 2025-06", "due: 2025-13"), "targets[T2].due: "),
    (changed("due: 2025-06", "due: soon"), "targets[T2].due: not a date of the form"),
    (changed("due: 2025-06", "due: 2025-02-30"), "targets[T2].due: "),
    (changed("due: 2025-06", "due:"), "targets[T2].due: not a date of the form"),
    (changed("due: 2025-06", "due: 0000"), "targets[T2].due: "),
    (changed("quote_start: 0", "quote_start: -3"), "targets[T1].quote_start: "),
    (changed("group: A", "group: Z"), "measures[M1].group: no group has the id Z"),
    (changed("department: D1", "department: D9"), "measures[M1].charges: no department has the id D9"),
    (changed("role: lead", "role: boss"), "measures[M1].charges[0].role: "),
    (changed("open_ended: true", "open_ended: perhaps"), "measures[M1].open_ended: "),
    (changed("id: T2", "id: T1"), "the id T1 is there twice"),
    (changed("id: S1a", "id: G1"), "the id G1 is there twice"),
    (
        changed("id: G1", "id: an-id-that-no-button-could-carry"),
        "goals[an-id-that-no-button-could-carry].id: ",
    ),
    (changed("end: 2024-12", "end: 2023"), "stages[S1]: the stage ends before it starts"),
    (changed("yearly: 10-14", "yearly: 02-30"), "events[E2].yearly: "),
    (changed("zh: 中期评估", 'zh: ""'), "stages[S1].milestones[S1a].name.zh: "),
    (changed("zh: 中期评估", r'zh: "a\0b"'), "stages[S1].milestones[S1a].name.zh: a control character"),
    (changed("zh: 中期评估", r'zh: "\uD83D"'), "line "),
    (changed("zh: 中期评估", "zh: [a]"), "stages[S1].milestones[S1a].name.zh: "),
    (changed("zh: 中期评估", "zh: a, color: red"), "stages[S1].milestones[S1a].name.color: "),
    (changed("zh: 启动阶段", "zh: " + "长" * 20_001), "stages[S1].name.zh: "),
    (lambda text: text + "title: {zh: 又一个}\n", "the key title is there twice"),
    (lambda text: text + "--- {}\n", "a second document"),
    (lambda _: "", "a policy is a map of fields"),
    (lambda _: "- a\n- b\n", "a policy is a map of fields"),
    (lambda _: "just words", "a policy is a map of fields"),
]


@pytest.mark.parametrize(("mutate", "place"), MUTATIONS)
def test_what_is_wrong_is_named_by_file_entry_and_field(
    mutate: Callable[[str], str], place: str, tmp_path: Path
) -> None:
    (tmp_path / "a-good.yaml").write_text(TEXT.replace("lucheng-2024", "another"), encoding="utf-8")
    (tmp_path / "bad.yaml").write_text(mutate(TEXT), encoding="utf-8")
    with pytest.raises(BadCatalogue) as caught:
        load_folder(tmp_path)
    line = str(caught.value)
    assert line.startswith("bad.yaml: ")
    assert place in line
    assert "\n" not in line
    assert len(line) < 500


def _bomb() -> str:
    levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    return f"a0: &a0 [ha, ha]\n{levels}"


HOSTILE = {
    "alias bomb": (_bomb(), "line 1: anchors and aliases"),
    "alias to itself": ("&a [*a]", "line 1: anchors and aliases"),
    "alias to nothing": ("id: *nowhere", "line 1: anchors and aliases"),
    "merge": ("a: &a {id: p}\n<<: *a\n", "line 1: anchors and aliases"),
    "nested lists": ("[" * 200_000, "line 1: nested more than 20 levels deep"),
    "nested maps": ("{a: " * 200_000, "line 1: nested more than 20 levels deep"),
    "nested dashes": ("- " * 100_000, "line 1: nested more than 20 levels deep"),
    "nested keys": ("? " * 100_000, "line 1: a key is a single word"),
    "a key that is a list": ("? [a, b]\n: c\n", "line 1: a key is a single word"),
    "duplicate keys": ("id: a\nid: b\n", "line 2: the key id is there twice"),
    "tabs": ("id:\n\ttitle: a\n", "line 2: "),
    "python object": ("!!python/object/apply:os.system ['true']", "line 1: tags (tag:yaml.org,2002:python/"),
    "python name": ("title: !!python/name:os.system {zh: a}", "line 1: tags (tag:yaml.org,2002:python/"),
    "a tag of one's own": ("id: !secret a", "line 1: tags (!secret)"),
    "an undefined tag handle": ("id: !x!y a", "line 1: "),
    "control characters": ("id: a\0b", ""),
    "an endless quotation": ("id: '" + "a\n" * 400_000, "line "),
    "ten megabytes": ("# " + "a" * 10_000_000, "than 1000000 "),
    "a megabyte of entries": ("goals:\n" + "- {id: G, clause: a}\n" * 45_000, "id: Field required"),
    "unclosed": ("title: {zh: a", "line "),
    "percent": ("%YAML 9.9\n--- a", "line 1: "),
}


@pytest.mark.parametrize(("text", "hint"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_yaml_ends_in_one_clear_line_soon_and_without_eating_memory(
    text: str, hint: str, tmp_path: Path
) -> None:
    file = tmp_path / "hostile.yaml"
    file.write_text(text, encoding="utf-8")
    started, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(BadCatalogue) as caught:
        load_file(file)
    line = str(caught.value)
    assert line.startswith("hostile.yaml: ")
    assert hint in line
    assert line.isprintable()
    assert len(line) < 500
    with pytest.raises(BadCatalogue):
        loads(text, name="hostile")
    assert time.process_time() - started < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000  # kB


def test_files_that_are_no_text_are_named(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes("id: é".encode("latin-1"))
    (tmp_path / "folder.yaml").mkdir()
    with pytest.raises(BadCatalogue, match=r"latin\.yaml: not UTF-8 at byte 4"):
        load_file(tmp_path / "latin.yaml")
    with pytest.raises(BadCatalogue, match=r"folder\.yaml: can't be read: Is a directory"):
        load_file(tmp_path / "folder.yaml")
    with pytest.raises(BadCatalogue, match=r"none\.yaml: can't be read: No such file"):
        load_file(tmp_path / "none.yaml")


def test_two_files_of_one_policy_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadCatalogue, match=r"no \*\.yaml file"):
        load_folder(tmp_path)
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    with pytest.raises(BadCatalogue, match=r"b\.yaml: id: lucheng-2024 is already in a\.yaml"):
        load_folder(tmp_path)


def test_without_the_parser_in_c_the_format_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_yaml, "_Loader", yaml.BaseLoader)
    assert loads(TEXT, name="slow") == LUCHENG
    with pytest.raises(BadCatalogue, match="line 1: anchors and aliases"):
        loads(_bomb(), name="slow")
