"""`zhunshi bench answers`: our whole handler beside a bare aiogram echo, in process and by webhook.

Every round gives the same new questions to each bot in turn. What counts is CPU time of this process with all
its threads, so the saving of conversations is in it; the caller of the webhook is a process of its own.
"""

import gc
import statistics
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Any

from prometheus_client import REGISTRY

from app.bench.cases import Feed, by_webhook, echo, echo_site, in_process, our_site, ours, served
from app.bench.collector import Collector
from app.bench.questions import mixed_questions
from app.bench.updates import update_of
from app.compose import Service
from app.settings import Settings
from bot.updates import feed

ROUNDS, IN_PROCESS, BY_WEBHOOK, WARM_UP = 5, 2_000, 1_000, 300


async def measure_answers(settings: Settings) -> dict[str, Any]:
    """Run all cases; `docs/commands.md` says what comes back."""
    async with ours(settings) as service:
        dispatcher, bot = echo()
        async with served(echo_site(dispatcher, bot)) as echo_port, served(our_site(service)) as our_port:
            bench = _Bench(service, partial(dispatcher.feed_raw_update, bot), echo_port, our_port)
            questions = iter(
                mixed_questions(service.shelf.library, WARM_UP + ROUNDS * (IN_PROCESS + BY_WEBHOOK))
            )
            await bench.warm_up(_some(questions, WARM_UP))
            gc.collect()
            gc.freeze()  # as `zhunshi run` does
            for _ in range(ROUNDS):
                await bench.round(_some(questions, IN_PROCESS), _some(questions, BY_WEBHOOK))
    return _result(bench)


class _Bench:
    """The four cases, and what was measured of them; no question is asked of a bot twice."""

    def __init__(self, service: Service, feed_echo: Feed, echo_port: int, our_port: int) -> None:
        self._feed_echo = feed_echo
        self._feed_ours = partial(feed, service.dispatcher, service.bot)
        self._ports = echo_port, our_port
        self._save = partial(_save, service)
        self.costs: dict[str, list[float]] = {"echo": [], "ours": [], "echo_webhook": [], "ours_webhook": []}
        self.times: list[float] = []
        self.collector = Collector()
        self._failed_before = _failed()

    async def warm_up(self, questions: list[str]) -> None:
        """What is done once only is not to be measured."""
        for one in (self._feed_echo, self._feed_ours):
            await in_process(one, _updates(questions))

    async def round(self, asked: list[str], posted: list[str]) -> None:
        """Each case once."""
        cpu, _ = await in_process(self._feed_echo, _updates(asked))
        self._note("echo", cpu, asked)
        with self.collector.watching():
            cpu, times = await in_process(self._feed_ours, _updates(asked), after=self._save)
        self._note("ours", cpu, asked)
        self.times += times
        if failed := _failed() - self._failed_before:
            # An answer that fails is quick, and would look like a good one.
            raise RuntimeError(f"{failed:.0f} updates could not be handled")
        echo_port, our_port = self._ports
        self._note("echo_webhook", await by_webhook(echo_port, _updates(posted)), posted)
        cpu = await by_webhook(our_port, _updates(posted), after=self._save)
        self._note("ours_webhook", cpu, posted)

    def _note(self, case: str, cpu: float, questions: list[str]) -> None:
        self.costs[case].append(cpu / len(questions))


def told(result: dict[str, Any]) -> str:
    """The result for people."""
    lines = [f"{'case':<14} {'updates/s':>10} {'CPU us':>8}"]
    lines += [
        f"{name:<14} {one['per_s']:>10,.0f} {one['cpu_us']:>8.0f}" for name, one in result["cases"].items()
    ]
    lines += [f"{name}: {ratio:.2f}" for name, ratio in result["ratios"].items()]
    asked, collected = result["questions"], result["gc"]
    lines.append(
        f"{asked['count']:,} different questions: p50 {asked['p50_ms']:.2f} ms, p99 {asked['p99_ms']:.2f} ms,"
        f" longest {asked['max_ms']:.1f} ms"
    )
    lines.append(
        f"garbage collection: {100 * collected['share']:.1f} % of it, longest {collected['max_ms']:.1f} ms"
    )
    return "\n".join(lines)


def _some(questions: Iterator[str], count: int) -> list[str]:
    return list(islice(questions, count))


def _updates(questions: list[str]) -> list[dict[str, Any]]:
    return [update_of(question) for question in questions]


def _failed() -> float:
    """The messages that could not be handled, in this process so far."""
    kind = {"kind": "message", "outcome": "failed"}
    return REGISTRY.get_sample_value("zhunshi_updates_total", kind) or 0.0


async def _save(service: Service) -> None:
    for part in ("conversations", "updates"):
        await service.probes[part]()


def _result(bench: _Bench) -> dict[str, Any]:
    times, collector = bench.times, bench.collector
    cpu = {name: statistics.median(values) for name, values in bench.costs.items()}
    percentiles = statistics.quantiles(times, n=100)
    return {
        "bench": "answers",
        "cases": {
            name: {"per_s": round(1 / seconds, 1), "cpu_us": round(seconds * 1e6, 1)}
            for name, seconds in cpu.items()
        },
        "ratios": {
            "ours_to_echo": round(cpu["echo"] / cpu["ours"], 3),
            "ours_to_echo_webhook": round(cpu["echo_webhook"] / cpu["ours_webhook"], 3),
        },
        "questions": {
            "count": len(times),
            "p50_ms": round(percentiles[49] * 1000, 3),
            "p99_ms": round(percentiles[98] * 1000, 3),
            "max_ms": round(max(times) * 1000, 3),
        },
        "gc": {"share": round(collector.share, 4), "max_ms": round(collector.longest * 1000, 3)},
        "rounds": ROUNDS,
    }
