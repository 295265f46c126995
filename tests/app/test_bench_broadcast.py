"""The bench of broadcasts: each run has the promised shape and sends what it says; no time is judged."""

import gc
import importlib.util
from collections.abc import Iterator

import pytest

from app.bench import broadcast, limits, sustained
from app.bench.broadcast import measure_broadcast, told


@pytest.fixture(autouse=True)
def _thaw() -> Iterator[None]:
    yield
    gc.unfreeze()


async def test_each_way_is_measured_in_each_round(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, size in (("ROUNDS", 2), ("MESSAGES", 40), ("FEWER", 10), ("CONCURRENCY", 5), ("_WARM_UP", 5)):
        monkeypatch.setattr(broadcast, name, size)
    result = await measure_broadcast()
    rivals = {"bare", "aiogram"} | ({"ptb"} if importlib.util.find_spec("telegram") else set())
    assert result["bench"] == "broadcast"
    assert set(result["cases"]) == rivals | {"ours", "enqueue"}
    for case in result["cases"].values():
        assert case["per_s"] == pytest.approx(1e6 / case["cpu_us"], rel=0.01)
    assert set(result["ratios"]) == {f"ours_to_{rival}" for rival in rivals}
    ratio = result["cases"]["ours"]["per_s"] / result["cases"]["bare"]["per_s"]
    assert result["ratios"]["ours_to_bare"] == pytest.approx(ratio, rel=0.02)
    assert "ours_to_bare: " in told(result)


async def test_what_is_not_installed_is_left_out_and_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, size in (("ROUNDS", 1), ("MESSAGES", 20), ("CONCURRENCY", 5), ("_WARM_UP", 5)):
        monkeypatch.setattr(broadcast, name, size)
    monkeypatch.setitem(__import__("sys").modules, "telegram", None)
    result = await measure_broadcast()
    assert set(result["ratios"]) == {"ours_to_bare", "ours_to_aiogram"}
    assert result["left_out"] == ["ptb"]
    assert "ptb: left out" in told(result)


@pytest.mark.slow
async def test_whole_broadcasts_end_and_tell_their_rate_and_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, size in (("RATE", 200), ("SECONDS", 1), ("FEW", 50), ("MANY", 300)):
        monkeypatch.setattr(sustained, name, size)
    result = await measure_broadcast(sustained=True)
    assert set(result["cases"]) == {"sustained", "few", "many"}
    assert set(result["ratios"]) == {"sustained_to_asked", "memory_many_to_few"}
    assert result["memory"]["recipients"] == [50, 300]
    assert result["sustained"]["cores"] > 0
    assert "memory, recipients: [50, 300]" in told(result)


async def test_at_the_limits_the_urgent_are_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = (("SECONDS", 2), ("URGENT_EVERY", 0.2), ("GROUPS", 2), ("TO_A_GROUP", 2))
    for name, size in sizes:
        monkeypatch.setattr(limits, name, size)
    result = await measure_broadcast(limits=True)
    assert set(result["ratios"]) == {"rate_to_limit", "refused_to_calls"}
    assert result["limits"]["messages"] >= result["limits"]["urgent"] >= 2
    assert 0 < result["limits"]["urgent_told_p50_s"] <= result["limits"]["urgent_max_s"]
