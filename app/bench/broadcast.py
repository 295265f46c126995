"""`zhunshi bench broadcast`: our delivering with its durable records beside ways to send that keep none.

Every round gives the same message to as many chats by each way in turn, in another order each time, all of
them at one server in a process of its own. What counts is CPU time of this process with all its threads, so
writing down that each is sent is in it.
"""

import gc
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from itertools import count
from typing import Any, TypeAlias

from app.bench.away import telegram
from app.bench.delivering import Office, office
from app.bench.limits import measure_limits
from app.bench.senders import CONCURRENCY, SendAll, bare, by_aiogram, by_ptb
from app.bench.sustained import measure_sustained
from bot.messenger import write_out
from domain.delivery import Notice
from domain.languages import Language

ROUNDS, MESSAGES, FEWER = 7, 2_000, 400  # fewer for python-telegram-bot, which takes so much longer
_WARM_UP = 100
_CASES = ("bare", "aiogram", "ptb", "ours", "enqueue")
_RIVALS = ("bare", "aiogram", "ptb")

_TEXT = (
    "<b>关于召开标准化工作推进会的通知</b>\n"
    + "请各单位于会前将本季度的进展和困难报送办公室，以便汇总后一并研究。" * 3
)

Costs: TypeAlias = dict[str, float]  # CPU seconds a message, by case
Case: TypeAlias = Callable[[int], Awaitable[Costs]]  # takes how many messages

_numbers = count(1)


async def measure_broadcast(*, sustained: bool = False, limits: bool = False) -> dict[str, Any]:
    """Run all cases, or what was asked for instead; `docs/commands.md` says what comes back."""
    result: dict[str, Any] = {"bench": "broadcast", "cases": {}, "ratios": {}}
    parts = [measure_sustained] if sustained else []
    parts += [measure_limits] if limits else []
    for measure in parts or [_compare]:
        part = await measure()
        cases, ratios = result["cases"] | part["cases"], result["ratios"] | part["ratios"]
        result |= part | {"cases": cases, "ratios": ratios}
    return result


async def _compare() -> dict[str, Any]:
    costs: dict[str, list[float]] = defaultdict(list)
    async with AsyncExitStack() as stack:
        ways = await _ways(stack, await stack.enter_async_context(telegram()))
        for _, case in ways:
            await case(_WARM_UP)
        gc.collect()
        gc.freeze()  # as `zhunshi run` does
        for _ in range(ROUNDS):
            random.shuffle(ways)
            for number, case in ways:
                for name, seconds in (await case(number)).items():
                    costs[name].append(seconds)
    return _result(costs)


async def _ways(stack: AsyncExitStack, server: str) -> list[tuple[int, Case]]:
    _, fields = write_out(_notice(), Language.SIMPLIFIED, edits=False)
    ways = [
        (MESSAGES, _ours(await stack.enter_async_context(office(server)))),
        (MESSAGES, _plain("bare", await stack.enter_async_context(bare(server, fields)))),
        (MESSAGES, _plain("aiogram", await stack.enter_async_context(by_aiogram(server, fields)))),
    ]
    ptb = await stack.enter_async_context(by_ptb(server, fields))
    return ways if ptb is None else [*ways, (FEWER, _plain("ptb", ptb))]


def _plain(name: str, send_all: SendAll) -> Case:
    async def case(number: int) -> Costs:
        await send_all(range(1, CONCURRENCY + 1))  # so that the connections are open
        start = time.process_time()
        await send_all(range(1, number + 1))
        return {name: (time.process_time() - start) / number}

    return case


def _ours(ours: Office) -> Case:
    async def once(number: int) -> Costs:
        notice = _notice()
        start = time.process_time()
        await ours.enqueue(notice, range(1, number + 1))
        queued = time.process_time()
        await ours.deliver(number)
        done = time.process_time()
        await ours.require_sent(notice, number)
        return {"enqueue": (queued - start) / number, "ours": (done - queued) / number}

    async def case(number: int) -> Costs:
        await once(CONCURRENCY)  # as above
        return await once(number)

    return case


def _notice() -> Notice:
    """The message, as a new notice each time: one reaches a chat only once."""
    return Notice(id=f"bench:{next(_numbers)}", text={Language.SIMPLIFIED: _TEXT})


def _result(costs: dict[str, list[float]]) -> dict[str, Any]:
    cpu = {name: statistics.median(costs[name]) for name in _CASES if name in costs}
    return {
        "cases": {
            name: {"per_s": round(1 / seconds, 1), "cpu_us": round(seconds * 1e6, 1)}
            for name, seconds in cpu.items()
        },
        "ratios": {f"ours_to_{name}": round(cpu[name] / cpu["ours"], 3) for name in _RIVALS if name in cpu},
        "left_out": [name for name in _RIVALS if name not in cpu],
        "cpu_us_range": {
            name: [round(min(costs[name]) * 1e6, 1), round(max(costs[name]) * 1e6, 1)] for name in cpu
        },
        "messages": MESSAGES,
        "rounds": ROUNDS,
    }


def told(result: dict[str, Any]) -> str:
    """The result for people."""
    lines = [f"{'case':<10} {'messages/s':>11} {'CPU us':>8}"]
    lines += [
        f"{name:<10} {one['per_s']:>11,.0f} {one['cpu_us']:>8.0f}" for name, one in result["cases"].items()
    ]
    lines += [f"{name}: {ratio:.2f}" for name, ratio in result["ratios"].items()]
    lines += [f"{name}: left out, it is not installed" for name in result.get("left_out", [])]
    for part in ("sustained", "memory", "limits"):
        lines += [f"{part}, {name}: {value}" for name, value in result.get(part, {}).items()]
    return "\n".join(lines)
