"""One job's life with a gateway, step by step: python3 tests/life.py URL JOB TOKEN STEP... writes what came of each.
For tests/Samples.Tests."""

import asyncio
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from gateway import Gateway, Patience


@dataclass
class Given:
    """A job."""

    id: str
    metadata: str


askings: list[str] = []


async def live(url: str, job: str, token: str, *steps: str) -> None:
    given = json.loads(job)

    def asked() -> str:
        askings.append(token)
        return token

    gateway = Gateway(Given(given["id"], given["metadata"]), url, asked, Patience(lease=0, pause=0.1))
    for step in steps:
        print(f"{step}: {await take(gateway, step)}", flush=True)


async def take(gateway: Gateway, step: str) -> str:
    if step == "lease":
        until = await gateway.ask_for_lease()
        return "refused" if until is None else "granted" if until <= time.monotonic() + 4 else "unasked"
    if step == "keep":
        return await keep(gateway)
    if step == "handoff":
        answer = await gateway.handoff(queue="support", reason="customer_request")
        return answer.get("status") or answer["problem"]
    if step == "asks":
        answer = await gateway.handoff()
        return answer.get("status") or answer["problem"]
    if step == "tool":
        answer = await gateway.use_tool("searchTeeTimes", {"date": "2026-05-01", "players": 2}, "use_1")
        return answer.get("outcome") or answer["problem"]
    return "taken" if await gateway.done() else "refused"


async def keep(gateway: Gateway) -> str:
    """Renews until it does so for the second time, or the lease is lost."""
    before = len(askings)
    lost: list[bool] = []
    keeping = asyncio.create_task(gateway.keep_lease(lambda: lost.append(True)))
    while not lost and len(askings) < before + 2:  # noqa: ASYNC110 - askings are counted by another thread
        await asyncio.sleep(0.02)
    keeping.cancel()
    return "lost" if lost else "kept"


asyncio.run(live(*sys.argv[1:]))
