"""What the agent does without any AI: it says what its caller said, and what they want by a key of their phone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, Protocol

from clips import sound_of
from clock import words_of_number, words_of_time
from echo import Ear


class Mouth(Protocol):
    """Makes sound in the room."""

    async def play(self, sound: bytes) -> None:
        """Plays a sound and waits until it was heard, or hushed."""

    def hush(self) -> None:
        """Stops what is being played."""


class Desk(Protocol):
    """What of the gateway is needed here."""

    async def done(self) -> bool: ...
    async def handoff(self, **wish: Any) -> dict[str, Any]: ...
    async def use_tool(self, name: str, arguments: dict[str, Any], tool_call_id: str) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Line:
    """Where things are done that are not of the room."""

    gateway: Desk
    queue: str
    leave: Callable[[], None]
    """Shuts the job down."""
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    ask_every: float = 3
    """How often it asks whether a human has come, in seconds."""


class Parrot:
    def __init__(self, mouth: Mouth, line: Line) -> None:
        self._mouth = mouth
        self._line = line
        self._ear = Ear()
        self._speaking = 0
        self._asks_for_human = False

    async def greet(self) -> None:
        await self._say("greeting", *words_of_time(self._line.now()), "menu")

    async def hear(self, sound: bytes) -> None:
        """Hears a piece of the caller's sound. While it speaks it is deaf, so that it never repeats itself."""
        if self._speaking > 0:
            self._ear.forget()
        elif said := self._ear.hear(sound):
            await self._play(said)

    async def press(self, key: str) -> None:
        """Does what a key stands for."""
        self._mouth.hush()
        if key == "1":
            await self._say(*words_of_time(self._line.now()))
        elif key == "2":
            await self._say_tee_times()
        elif key == "0":
            await self._call_human()
        elif key == "#":
            await self._end()

    async def _say_tee_times(self) -> None:
        """A tool of samples/golf-tools.json, as an example of one."""
        date = self._line.now().astimezone(timezone.utc).date().isoformat()
        wanted = {"date": date, "players": 2}
        answer = await self._line.gateway.use_tool("searchTeeTimes", wanted, self._line.new_id())
        if answer.get("outcome") == "done":
            await self._say("i-found", *words_of_number(len(answer["result"]["teeTimes"])), "free-times")
        else:
            await self._say("sorry")  # An agent with a voice of its own says answer["say"].

    async def _call_human(self) -> None:
        """Wants a human. Once they are there, the gateway takes this agent out of the room: then there is nothing left
        to say."""
        if self._asks_for_human:
            return
        self._asks_for_human = True
        try:
            gateway = self._line.gateway
            wish = {"queue": self._line.queue, "reason": "customer_request", "context": {"intents": ["key 0"]}}
            answer = await gateway.handoff(**wish)
            if answer.get("status", "failed") != "failed":
                await self._say("one-moment")
            while answer.get("status") in ("queued", "ringing", "transferring"):
                await asyncio.sleep(self._line.ask_every)
                answer = await gateway.handoff()
            if answer.get("status", "failed") == "failed":
                await self._say("nobody")
        finally:
            self._asks_for_human = False

    async def _end(self) -> None:
        await self._say("goodbye")
        await self._line.gateway.done()
        self._line.leave()

    async def _say(self, *clips: str) -> None:
        await self._play(sound_of(*clips))

    async def _play(self, sound: bytes) -> None:
        self._speaking += 1
        try:
            await self._mouth.play(sound)
        finally:
            self._speaking -= 1
