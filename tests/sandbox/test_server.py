"""The server guards its doors, writes its ledger in time, stays bounded, starts from the command line."""

import asyncio
import json
import os
import re
import signal
import sys
from pathlib import Path

import pytest
from aiohttp import ClientSession, web

from sandbox.__main__ import _parser, main
from sandbox.control import control_routes
from sandbox.faults import Kind
from sandbox.ledger import Ledger
from sandbox.methods import METHODS
from sandbox.server import running
from sandbox.world import World
from tests.sandbox.conftest import CHEN, Api, until

PAGE = Path(__file__).parents[2] / "sandbox" / "page"
DOCS = Path(__file__).parents[2] / "docs" / "sandbox.md"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "evil.example"}, 403),
        ({"Host": "evil.example:80@127.0.0.1"}, 403),
        ({"Host": "localhost:1"}, 200),
        ({"Host": "[::1]:1"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
    ],
)
async def test_only_its_own_page_may_steer_the_sandbox(
    api: Api, headers: dict[str, str], status: int
) -> None:
    for path in ("/sandbox/state", "/sandbox/files/x"):
        async with api.session.get(api.url + path, headers=headers) as response:
            assert response.status == (404 if status == 200 and path.endswith("/x") else status)
    async with api.session.post(f"{api.url}/sandbox/reset", headers=headers) as response:
        assert response.status == status


async def test_a_page_elsewhere_cannot_use_the_bots_token(api: Api) -> None:
    url = f"{api.url}/bot{api.world.token}/sendMessage"
    async with api.session.get(
        f"{url}?chat_id={CHEN}&text=x", headers={"Sec-Fetch-Site": "cross-site"}
    ) as response:
        assert response.status == 403
    headers = {"Origin": "https://evil.example"}
    async with api.session.post(url, data={"chat_id": CHEN, "text": "x"}, headers=headers) as response:
        assert response.status == 403
    async with api.session.post(
        url, data={"chat_id": CHEN, "text": "x"}, headers={"Origin": api.url}
    ) as response:
        assert response.status == 200


async def test_the_page_itself_answers_under_its_own_name_only(api: Api) -> None:
    for path in ("/", "/page/app.js"):
        async with api.session.get(api.url + path, headers={"Host": "evil.example"}) as response:
            assert response.status == 403
        async with api.session.get(api.url + path, headers={"Sec-Fetch-Site": "cross-site"}) as response:
            assert response.status == 200  # a link from elsewhere may lead to it


@pytest.mark.parametrize("path", ["..%2fworld.py", "%2e%2e%2fworld.py", "nothing.js", "..%2f..%2fREADME.md"])
async def test_the_page_serves_its_own_files_only(api: Api, path: str) -> None:
    async with api.session.get(f"{api.url}/page/{path}") as response:
        assert response.status == 404


async def test_the_page_needs_nothing_from_elsewhere(api: Api) -> None:
    async with api.session.get(api.url) as response:
        assert response.headers["Content-Security-Policy"].startswith("default-src 'self'")
        html = await response.text()
    for address in re.findall(r'(?:src|href)="([^"]+)"', html):
        async with api.session.get(api.url + address) as response:
            assert response.status == 200
    for file in PAGE.iterdir():
        found = set(
            re.findall(r"""(?:import\(|from |url\(|fetch\()["'`]?(https?:[^"'`)]+)""", file.read_text())
        )
        assert not found, file.name


def test_every_word_of_the_page_exists_in_three_languages() -> None:
    table = (PAGE / "words.js").read_text()
    entries = dict(re.findall(r"^  (\w+): \[(.*)\],$", table, re.MULTILINE))
    assert len(entries) > 100
    for name, texts in entries.items():
        languages = re.findall(r'"((?:[^"\\]|\\.)+)"', texts)
        assert len(languages) == 3, name
        slots = [sorted(re.findall(r"\{\w+\}", text)) for text in languages]
        assert slots[0] == slots[1] == slots[2], name


def test_every_word_the_page_uses_is_in_the_table() -> None:
    entries = set(re.findall(r"^  (\w+): \[", (PAGE / "words.js").read_text(), re.MULTILINE))
    html = (PAGE / "index.html").read_text()
    used = set(re.findall(r'data-(?:word|label|hint)="(\w+)"', html))
    for file in PAGE.glob("*.js"):
        used |= set(re.findall(r'\bword\("(\w+)"', file.read_text()))
    assert used - entries == set()


async def test_the_ledger_has_a_call_before_its_answer_arrives(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.jsonl") as ledger:
        async with running(World(rates_on=False, ledger=ledger)) as server, ClientSession() as session:
            api = Api(world=server.world, url=server.url, session=session)
            await api.act("start", person=CHEN)
            for number in range(3):
                sent = await api.call("sendMessage", chat_id=CHEN, text=f"第 {number} 条")
                last = json.loads(ledger.path.read_text().splitlines()[-1])
                assert (last["method"], last["chat"]) == ("sendMessage", CHEN)
                assert (last["message"], last["text"]) == (sent["message_id"], f"第 {number} 条")
            await api.refused("sendMessage", chat_id=5, text="x")
            await api.call("deleteMessage", chat_id=CHEN, message_id=sent["message_id"])
            lines = await api.look("ledger")
    assert [line["method"] for line in lines] == ["sendMessage"] * 3 + ["deleteMessage"]


async def test_messages_and_calls_stay_bounded() -> None:
    async with (
        running(World(rates_on=False, keep_messages=10, keep_calls=5)) as server,
        ClientSession() as session,
    ):
        api = Api(world=server.world, url=server.url, session=session)
        await api.act("start", person=CHEN)
        for number in range(20):
            await api.call("sendMessage", chat_id=CHEN, text=str(number))
        assert [m["text"] for m in await api.look("messages", chat=CHEN)] == [str(n) for n in range(10, 20)]
        assert [c["n"] for c in await api.look("calls")] == [16, 17, 18, 19, 20]
        assert (await api.look("state"))["calls"] == {"total": 20, "accepted": 20}


async def test_it_stops_at_once_though_a_bot_polls_and_a_page_listens() -> None:
    async with ClientSession() as session:
        async with running() as server:
            api = Api(world=server.world, url=server.url, session=session)
            polling = asyncio.create_task(api.answer("getUpdates", timeout=50))
            page = await session.get(f"{server.url}/sandbox/events")
            await until(lambda: api.world.updates.poller)
            stopping = asyncio.get_running_loop().time()
        assert asyncio.get_running_loop().time() - stopping < 3
        assert (await polling)[0] == 409
        page.close()


async def test_the_command_line_starts_and_stops_it(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", "--port", "0", "--ledger", str(tmp_path / "l.jsonl"),
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), 10)).decode()
    url = line.split()[-1]
    async with ClientSession() as session, session.get(url) as response:
        assert response.status == 200
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 10) == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--port", "x"], "'x' is no port"),
        (["--port", "70000"], "'70000' is no port"),
        (["--token", "secret"], "a token is a number, a colon"),
        (["--keep-messages", "0"], "'0' is no whole number above 0"),
    ],
)
def test_a_malformed_argument_is_named(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err


def test_a_ledger_that_cannot_be_written_is_one_clear_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["--ledger", str(tmp_path / "none" / "l.jsonl")]) == 2
    assert capsys.readouterr().err == f"sandbox: {tmp_path / 'none' / 'l.jsonl'}: {os.strerror(2)}\n"


def test_the_documentation_names_every_method_fault_path_option_and_test_id() -> None:
    documented = set(re.findall(r"`([^`\n]+)`", DOCS.read_text()))
    words = {word for entry in documented for word in re.split(r"[\s,]+", entry)}
    options = {action.option_strings[-1] for action in _parser()._actions}
    paths = {route.path for route in control_routes() if isinstance(route, web.RouteDef)}
    pages = "".join(file.read_text() for file in PAGE.iterdir())
    test_ids = set(re.findall(r"""data-testid(?:="|": ")([a-z_-]+)""", pages))
    wanted = {*METHODS, *Kind, *options, *paths, *test_ids} - {"--help"}
    assert wanted - words == set()
