"""`zhunshi read` and `import`: what a text demands is shown, or stored and answered from; no half things."""

import json
from pathlib import Path

import pytest

from app.cli import main
from app.reading import import_files
from app.settings import PREFIX
from storage.database import open_database
from storage.policies import load_policies
from storage.readings import Readings

TEXTS = Path(__file__).parents[2].parent / "shared" / "policies"
TEXT = """云溪市质量基础设施提升行动方案（2024—2026年）

为夯实质量基础，制定本方案。

一、主要目标
到2026年底，牵头制定国家标准25项以上，培育团体标准不少于40项，标准化试点项目验收合格率达到95%。

二、重点任务
（一）完善标准供给
1.健全先进制造业标准。围绕智能装备补齐短板。（责任单位：市市场监管局、市经济和信息化局）
2.提升服务业标准水平。聚焦养老和物业。（责任单位：市民政局、市住房城乡建设局）

三、保障措施
（一）加强组织领导。建立联席会议。
"""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A policy of our own."""
    file = tmp_path / "云溪.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_reading_as_json_gives_quotations_at_their_positions(
    document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", "--json", str(document)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["title"] == "云溪市质量基础设施提升行动方案（2024—2026年）"
    assert [(one["comparator"], one["value"], one["unit"], one["due"]) for one in found["targets"]] == [
        (">=", 25, "项", "2026-12-31"),
        (">=", 40, "项", "2026-12-31"),
        (">=", 95, "%", "2026-12-31"),
    ]
    for target in found["targets"]:
        assert TEXT[target["start"] : target["end"]] == target["quote"]
    assert found["measures"][0]["departments"] == ["市市场监管局", "市经济和信息化局"]


def test_reading_in_words_names_figures_and_departments(
    document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", "--lang", "en", str(document)]) == 0
    shown = capsys.readouterr().out
    assert "at least 25" in shown
    assert "市民政局" in shown


def test_what_was_imported_is_answered_from(
    document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(f"{PREFIX}DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/store.sqlite3")
    assert main(["import", "--publish", str(document)]) == 0
    assert "revision 1" in capsys.readouterr().out
    assert main(["import", "--publish", str(document)]) == 0
    assert "unchanged" in capsys.readouterr().out
    assert main(["ask", "云溪市到2026年团体标准要多少项？"]) == 0
    answer = capsys.readouterr().out
    assert "40" in answer
    assert "云溪市质量基础设施提升行动方案" in answer


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "nothing in it"),
        (b"\x00\x01\x02" * 100, "b.txt"),
        ("随手写的一句话。".encode(), "states no targets"),
    ],
)
def test_what_states_nothing_is_refused_in_one_line_and_nothing_is_stored(  # noqa: PLR0917 - fixtures
    content: bytes,
    why: str,
    document: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    store = tmp_path / "store.sqlite3"
    monkeypatch.setenv(f"{PREFIX}DATABASE_URL", f"sqlite+aiosqlite:///{store}")
    bad = tmp_path / "b.txt"
    bad.write_bytes(content)
    assert main(["import", "--publish", str(document), str(bad)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert why in said.err
    assert not store.exists()


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(tmp_path / "none.txt")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_same_policy_twice_at_once_is_refused(
    document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    twin = tmp_path / "twin.txt"
    twin.write_text(TEXT + "（二）强化评估。\n", encoding="utf-8")
    assert main(["import", "--publish", str(document), str(twin)]) == 2
    assert "the same policy" in capsys.readouterr().err


DIGEST = """# 云溪市夯实质量基础

近日，云溪市人民政府办公室印发《云溪市质量基础设施提升行动方案（2024—2026年）》。

到2026年底，牵头制定国家标准25项以上，培育团体标准不少于60项，标准化试点项目验收合格率达到95%。

完善标准供给

健全先进制造业标准，聚焦养老和物业提升服务业标准水平。
"""
# Long enough that the digest is much shorter.
FULL = TEXT.replace(
    "三、保障措施",
    """3.完善现代农业标准。推动种植养殖有标可依。（责任单位：市农业农村局）
（二）优化标准服务
4.建设标准信息平台。汇集标准数据。（责任单位：市市场监管局）
5.培育标准化人才。开展培训。（责任单位：市人力社保局）

三、保障措施""",
)


@pytest.mark.parametrize("digest_first", [False, True])
@pytest.mark.parametrize("at_once", [False, True])
def test_a_full_text_and_its_digest_become_one_policy_with_the_full_text_s_facts(
    digest_first: bool,  # noqa: FBT001 - a parameter
    at_once: bool,  # noqa: FBT001 - a parameter
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(f"{PREFIX}DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/store.sqlite3")
    files = [tmp_path / "full.txt", tmp_path / "digest.txt"]
    for file, text in zip(files, (FULL, DIGEST), strict=True):
        file.write_text(text, encoding="utf-8")
    names = [str(file) for file in (reversed(files) if digest_first else files)]
    for given in [names] if at_once else [[name] for name in names]:
        assert main(["import", "--publish", *given]) == 0
    shown = capsys.readouterr().out.splitlines()
    (told,) = [line for line in shown if "contradiction:" in line]
    assert "团体标准: at least 40" in told
    assert "which holds" in told
    assert "at least 60" in told
    assert (
        len([line for line in shown if "a shorter text of it: 3 statements agree, 1 contradict" in line]) == 1
    )
    assert main(["ask", "云溪市到2026年团体标准要多少项？"]) == 0
    assert "40" in capsys.readouterr().out
    assert main(["ask", "云溪市有几条举措？"]) == 0
    assert "5" in capsys.readouterr().out


def test_a_digest_of_a_bundled_policy_leaves_it_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    address = f"sqlite+aiosqlite:///{tmp_path}/store.sqlite3"
    monkeypatch.setenv(f"{PREFIX}DATABASE_URL", address)
    digest = tmp_path / "digest.txt"
    digest.write_text(
        "# 浙江标准化有了新目标\n\n"
        "近日，浙江省人民政府办公厅印发《浙江省国家标准化创新发展试点工作方案》。\n\n"
        "到2025年，城市标准化试点20个以上，牵头制定国家标准350项以上，牵头和参与制修订国际标准30项以上，"
        "地方标准平均制定周期缩短至15个月以内，培育进入国家级企业标准“领跑者”榜单50项。\n",
        encoding="utf-8",
    )
    assert main(["import", "--publish", str(digest)]) == 0
    shown = capsys.readouterr().out
    assert "zhejiang-2023, a shorter text of it: 4 statements agree, 1 contradict" in shown
    assert "at least 300" in shown
    assert main(["ask", "浙江到2025年国家标准多少项？"]) == 0
    assert "300" in capsys.readouterr().out


@pytest.mark.skipif(not TEXTS.is_dir(), reason="the first five texts are not beside this checkout")
@pytest.mark.parametrize("names", [("", "-digest"), ("-digest", "")], ids=["full first", "digest first"])
async def test_the_zhejiang_texts_become_one_policy_with_all_its_measures(
    names: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"sqlite+aiosqlite:///{tmp_path}/store.sqlite3"
    monkeypatch.setenv(f"{PREFIX}DATABASE_URL", address)
    for name in names:
        told = list(await import_files([TEXTS / f"zhejiang-2023{name}.txt"]))
        assert ("19 statements agree, 0 contradict, 0 stand only there" in told[0]) == bool(name)
    async with open_database(address) as db:
        (policy,) = [one for one in await load_policies(db) if one.region.zh == "浙江省"]
        original = await Readings(db).original(policy.id)
    assert (len(policy.targets), len(policy.measures), len(policy.stages)) == (9, 27, 3)
    assert original is not None
    assert original.name == "zhejiang-2023.txt"


async def test_an_import_keeps_the_original_characters(
    document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"sqlite+aiosqlite:///{tmp_path}/store.sqlite3"
    monkeypatch.setenv(f"{PREFIX}DATABASE_URL", address)
    await import_files([document])
    async with open_database(address) as db:
        (policy,) = [one for one in await load_policies(db) if one.title.zh.startswith("云溪市")]
        original = await Readings(db).original(policy.id)
    assert original is not None
    assert (original.name, original.text) == (document.name, TEXT)
    for target in policy.targets:
        assert TEXT[target.passage.start : target.passage.end] == target.passage.quote
