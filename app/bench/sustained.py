"""A minute at the speed of paid broadcasts, and the memory that a million recipients take."""

import asyncio
import json
import sys
from typing import Any

from app.bench.away import telegram

RATE, SECONDS = 1_000, 60
FEW, MANY = 1_000, 1_000_000


async def measure_sustained() -> dict[str, Any]:
    """The rate held and the share of a core it took; the most memory with few recipients and with many."""
    async with telegram() as server:
        minute = await _whole(RATE * SECONDS, RATE, server)
    few, many = await _whole(FEW, 0), await _whole(MANY, 0)
    return {
        "cases": {"sustained": _case(minute), "few": _case(few), "many": _case(many)},
        "ratios": {
            "sustained_to_asked": round(minute["sent"] / minute["seconds"] / RATE, 4),
            "memory_many_to_few": round(many["most"] / few["most"], 3),
        },
        "sustained": {
            "seconds": round(minute["seconds"], 1),
            "cores": round(minute["cpu"] / minute["seconds"], 3),
        },
        "memory": {
            "recipients": [few["sent"], many["sent"]],
            "most_mb": [round(one["most"] / 1e6, 1) for one in (few, many)],
            "before_mb": [round(one["before"] / 1e6, 1) for one in (few, many)],
        },
    }


def _case(one: dict[str, Any]) -> dict[str, float]:
    """From the fan-out to the end."""
    return {
        "per_s": round(one["sent"] / one["seconds"], 1),
        "cpu_us": round(one["cpu"] / one["sent"] * 1e6, 1),
    }


async def _whole(recipients: int, rate: float, server: str = "") -> dict[str, Any]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "app.bench.whole", str(recipients), str(rate), server),
        stdout=asyncio.subprocess.PIPE,
    )
    printed, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"a broadcast to {recipients} failed")
    result: dict[str, Any] = json.loads(printed)
    if result["sent"] != recipients:
        raise RuntimeError(f"of {recipients} messages {result['sent']} were sent")
    return result
