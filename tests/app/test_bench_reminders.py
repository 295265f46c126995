"""The bench of reminders: each case is run with as many rows as it says; no time is judged."""

import gc
from collections.abc import Iterator

import pytest

from app.bench import reminders
from app.bench.reminders import measure_reminders, told


@pytest.fixture(autouse=True)
def _thaw() -> Iterator[None]:
    yield
    gc.unfreeze()


async def test_the_result_has_cases_and_ratios(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = {
        "ROUNDS": 1,
        "SUBSCRIPTIONS": 40,
        "MORE": 3,
        "IDLE": 2,
        "CLAIMED": 20,
        "JOBS": 60,
        "JOBS_ADDED": 5,
    }
    for name, size in sizes.items():
        monkeypatch.setattr(reminders, name, size)
    result = await measure_reminders()
    assert result["bench"] == "reminders"
    assert result["reminders"] == 40 * 25 * 4
    assert set(result["cases"]) == {
        "plan",
        "insert_select",
        "replan",
        "idle_1m",
        "idle_10m",
        "claim",
        "apscheduler_add",
        "apscheduler_due",
    }
    for case in result["cases"].values():
        assert case["per_s"] == pytest.approx(1e6 / case["cpu_us"], rel=0.02)
    ratio = result["cases"]["insert_select"]["cpu_us"] / result["cases"]["plan"]["cpu_us"]
    assert result["ratios"]["plan_to_insert"] == pytest.approx(ratio, rel=0.02)
    assert {"plan_to_insert", "idle_10m_to_1m"} < set(result["ratios"])
    assert "plan_to_insert: " in told(result)
