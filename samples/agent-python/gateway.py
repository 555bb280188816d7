"""The gateway, as the job of an agent sees it. docs/agents.md tells the rules that this keeps. It needs nothing but
Python."""

from __future__ import annotations

import asyncio
import http.client
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

Json = dict[str, Any]


class Job(Protocol):
    """What of LiveKit's job is needed here."""

    id: str
    metadata: str


@dataclass(frozen=True)
class Patience:
    """How long a request may take, how long an unanswered one is repeated, and the pause between: in seconds."""

    request: float = 3
    lease: float = 10
    done: float = 3
    tool: float = 30
    pause: float = 1


class Gateway:
    """`token` makes a token of the job's own, as docs/agents.md describes it."""

    def __init__(self, job: Job, url: str, token: Callable[[], str], patience: Patience | None = None) -> None:
        self.sent = sent_to(job)
        self._job = job
        self._url = url
        self._token = token
        self._patience = patience or Patience()

    async def ask_for_lease(self) -> float | None:
        """Asks whether this job is the one that may speak. None: do not join, shut the job down. Otherwise until when
        (time.monotonic) the answer holds for a job that is not in the room yet. A job that the gateway did not send
        has nobody to ask and may speak."""
        if not self.sent:
            return float("inf")

        end = time.monotonic() + self._patience.lease
        while True:
            asked = time.monotonic()
            status, answer = await self._post("agents/lease")
            if status == 200:
                return asked + answer["validSeconds"]
            if is_refusal(status):
                return None
            if time.monotonic() >= end:
                return None  # Nobody decided: leave, so that two never speak.
            await asyncio.sleep(self._patience.pause)

    async def keep_lease(self, lost: Callable[[], None]) -> None:
        """Renews the lease until this is cancelled: a worker that dies is then replaced within seconds. Calls lost()
        once if the gateway says that another agent has taken over. No answer changes nothing."""
        while self.sent:
            status, answer = await self._post("agents/lease", renews=True)
            if is_refusal(status):
                lost()
                return
            await asyncio.sleep(answer["renewSeconds"] if status == 200 else self._patience.pause)

    async def done(self) -> bool:
        """Says that the agent has finished, so that the call ends and no other agent is sent. Whether the gateway took
        it down."""
        return "problem" not in await self._ask("agents/done", self._patience.done)

    async def handoff(self, **wish: Any) -> Json:
        """Wants a human for the caller: queue or to, mode, reason, context. Without a wish it asks how the last one
        stands. It may be repeated: there is one handoff at a time. {"problem": ...} where the gateway refuses."""
        return await self._ask("handoff", self._patience.done, **wish)

    async def use_tool(self, name: str, arguments: Json, tool_call_id: str) -> Json:
        """Uses a tool of the call's tenant. The same id is one use, however often it is asked for."""
        path = f"tools/{urllib.parse.quote(name, safe='')}"
        return await self._ask(path, self._patience.tool, toolCallId=tool_call_id, arguments=arguments)

    async def report_quality(self, samples: list[Json]) -> None:
        """Reports what the SDK measured. What does not arrive is missed by nobody."""
        if self.sent and samples:
            await self._post(f"calls/{urllib.parse.quote(self.sent['callId'], safe='')}/quality", samples=samples)

    async def _ask(self, path: str, patience: float, **body: Any) -> Json:
        """Asks until there is an answer: no answer, 429 and 5xx are asked again."""
        if not self.sent:
            return {"problem": "not-sent-by-the-gateway"}

        end = time.monotonic() + patience
        while True:
            status, answer = await self._post(path, **body)
            if status == 200:
                return answer
            if is_refusal(status) or time.monotonic() >= end:
                return {"problem": problem_of(status, answer)}
            await asyncio.sleep(self._patience.pause)

    async def _post(self, path: str, **more: Any) -> tuple[int, Json]:
        patience = self._patience.tool if path.startswith("tools/") else self._patience.request
        return await asyncio.to_thread(self._post_now, path, patience, more)

    def _post_now(self, path: str, patience: float, more: Json) -> tuple[int, Json]:
        """The status, 0 where there was no answer, and the body."""
        sent = self.sent or {}
        body = {"callId": sent["callId"], "fence": sent["fence"], "epoch": sent["epoch"], "job": self._job.id, **more}
        headers = {"Authorization": f"Bearer {self._token()}", "Content-Type": "application/json"}
        request = urllib.request.Request(f"{self._url}/{path}", json.dumps(body).encode(), headers)
        try:
            with urllib.request.urlopen(request, timeout=patience) as answer:
                return answer.status, json_of(answer.read())
        except urllib.error.HTTPError as refused:
            return refused.code, json_of(refused.read())
        except (OSError, http.client.HTTPException):
            return 0, {}


def is_refusal(status: int) -> bool:
    """An answer that stays so, however often one asks."""
    return 400 <= status < 500 and status != 429


def problem_of(status: int, answer: Json) -> str:
    """The name of a problem: the end of its type, such as `agent-lease-taken`."""
    if status == 0:
        return "no-answer"
    return str(answer.get("type", status)).replace("/", ":").replace("#", ":").rsplit(":", 1)[-1]


def sent_to(job: Job) -> Json | None:
    """What the gateway gave to the job that it sent."""
    sent = json_of(job.metadata)
    return sent if sent.get("fence") else None


def json_of(text: str | bytes) -> Json:
    try:
        value: Json | list[Any] | str | None = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
