"""A Telegram of the tests' own: takes our calls, answers as the Bot API does, and fails when told to."""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import AsyncGenerator
from itertools import count
from typing import Any

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod
from aiogram.types import BufferedInputFile

from bot.methods import Plain, Prepared

ME: dict[str, Any] = {"id": 42, "is_bot": True, "first_name": "准时", "username": "zhunshi_bot"}
TOKEN = "42:TEST"  # noqa: S105 - opens nothing
DROPPED = (0, "")

Call = dict[str, Any]


class Telegram(BaseSession):
    """Records every call as a plain map with its `method`."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[Call] = []
        self.faults: dict[str, deque[tuple[int, str]]] = defaultdict(deque)
        self.updates: asyncio.Queue[list[Call]] = asyncio.Queue()
        self.last_id = 0
        self.roles: dict[int, str] = {}  # of people in groups; others are members
        self.files: dict[str, bytes] = {}  # by file id: what people sent
        self.hold = asyncio.Event()  # while it is set no call returns
        self.holding = asyncio.Event()
        self._ids = count(1000)

    def fail(self, method: str, status: int, body: str | Call, *, times: int = 1) -> None:
        """Let the next calls of a method fail with this answer; status 0 drops the connection."""
        text = body if isinstance(body, str) else json.dumps({"ok": False, "error_code": status, **body})
        self.faults[method].extend([(status, text)] * times)

    async def make_request(  # noqa: D102 - aiogram tells
        self,
        bot: Bot,
        method: TelegramMethod[Any],
        timeout: int | None = None,  # noqa: ASYNC109 - its signature
    ) -> Any:
        del timeout
        if isinstance(method, Prepared):
            name, fields = method.name, json.loads(method.body)
        else:
            name, fields = method.__api_method__, self._payload(bot, method)
        self.calls.append({"method": name, **fields})
        if self.hold.is_set():
            self.holding.set()
            await asyncio.Event().wait()
        if self.faults[name]:
            status, body = self.faults[name].popleft()
            if not status:
                raise TelegramNetworkError(method=method, message="ServerDisconnectedError")
        else:
            result = await self.updates.get() if name == "getUpdates" else self._result(self.calls[-1])
            status, body = 200, json.dumps({"ok": True, "result": result})
        return self.check_response(bot, method, status, body).result

    def _payload(self, bot: Bot, method: TelegramMethod[Any]) -> Call:
        files: dict[str, Any] = {}
        fields = {
            key: self.prepare_value(value, bot, files, _dumps_json=False)
            for key, value in (
                vars(method) if isinstance(method, Plain) else method.model_dump(warnings=False)
            ).items()
        }
        nested = ("reply_markup", "link_preview_options", "reply_parameters")
        sent = {file.filename: file.data for file in files.values() if isinstance(file, BufferedInputFile)}
        return {
            key: json.loads(value) if key in nested and isinstance(value, str) else value
            for key, value in fields.items()
            if value is not None
        } | ({"files": sent} if sent else {})

    def _result(self, call: Call) -> Any:
        match call["method"]:
            case "getMe":
                return ME
            case "getChatMember":
                person = call["user_id"]
                user = {"id": person, "is_bot": False, "first_name": "…"}
                return {"user": user, "status": self.roles.get(person, "member")}
            case "getFile":
                return {"file_id": call["file_id"], "file_unique_id": "u", "file_path": call["file_id"]}
            case "sendMessage" | "sendPhoto" | "sendDocument":
                self.last_id = next(self._ids)
                return {
                    "message_id": self.last_id,
                    "date": 0,
                    "chat": {"id": call["chat_id"], "type": "private"},
                }
            case _:
                return True

    async def close(self) -> None:
        """Nothing is open."""

    async def stream_content(  # noqa: D102 - aiogram tells
        self, url: str, *args: Any, **kwargs: Any
    ) -> AsyncGenerator[bytes, None]:
        del args, kwargs
        yield self.files[url.rpartition("/")[2]]
