import asyncio
import json
import unittest
from datetime import datetime, timezone
from typing import Any

from clips import sound_of
from parrot import Line, Parrot

NOON = datetime(2026, 5, 1, 12, 0, tzinfo=timezone.utc)
TONE = b"\x40\x1f\xc0\xe0" * 4000
QUIET = bytes(16000)


class Room:
    """A mouth and a gateway that note what is asked of them."""

    def __init__(self) -> None:
        self.played: list[bytes] = []
        self.asked: list[str] = []
        self.hushes = 0
        self.tool: dict[str, Any] = {"outcome": "done", "result": {"teeTimes": [{}, {}, {}]}}
        self.handoffs: list[dict[str, Any]] = []
        self.heard_out = asyncio.Event()
        self.heard_out.set()

    async def play(self, sound: bytes) -> None:
        self.played.append(sound)
        await self.heard_out.wait()

    def hush(self) -> None:
        self.hushes += 1

    async def done(self) -> bool:
        self.asked.append("done")
        return True

    async def handoff(self, **wish: Any) -> dict[str, Any]:
        self.asked.append(f"handoff {wish.get('queue', '')}")
        await asyncio.sleep(0)
        return self.handoffs.pop(0) if self.handoffs else {"problem": "no-answer"}

    async def use_tool(self, name: str, arguments: dict[str, Any], tool_call_id: str) -> dict[str, Any]:
        self.asked.append(f"{name} {json.dumps(arguments)} {tool_call_id}")
        return self.tool

    def leave(self) -> None:
        self.asked.append("leaves")


class Parrots(unittest.IsolatedAsyncioTestCase):
    def setUp(self) -> None:
        self.room = Room()
        line = Line(self.room, "support", self.room.leave, lambda: NOON, lambda: "one", ask_every=0)
        self.parrot = Parrot(self.room, line)

    def assert_says(self, *sentences: list[str]) -> None:
        self.assertEqual(self.room.played, [sound_of(*words) for words in sentences])

    async def test_it_greets_with_the_time_and_says_what_one_can_do(self) -> None:
        await self.parrot.greet()

        self.assert_says(["greeting", "it-is", "12", "oclock", "p-m", "menu"])

    async def test_it_says_again_what_was_said(self) -> None:
        await self.parrot.hear(TONE)
        await self.parrot.hear(QUIET)

        self.assertEqual([said[: len(TONE)] for said in self.room.played], [TONE])

    async def test_it_does_not_repeat_itself_while_it_speaks_it_is_deaf(self) -> None:
        self.room.heard_out.clear()
        pressed = asyncio.create_task(self.parrot.press("1"))
        await asyncio.sleep(0)
        await self.parrot.hear(TONE + QUIET)
        self.room.heard_out.set()
        await pressed
        await self.parrot.hear(QUIET)

        self.assertEqual(len(self.room.played), 1)

    async def test_key_1_is_the_time_at_once(self) -> None:
        await self.parrot.press("1")

        self.assert_says(["it-is", "12", "oclock", "p-m"])
        self.assertEqual(self.room.hushes, 1)

    async def test_key_2_uses_a_tool_and_says_what_came_of_it(self) -> None:
        await self.parrot.press("2")

        self.assertEqual(self.room.asked, ['searchTeeTimes {"date": "2026-05-01", "players": 2} one'])
        self.assert_says(["i-found", "3", "free-times"])

    async def test_a_tool_that_does_not_serve_or_is_not_there_is_an_apology(self) -> None:
        self.room.tool = {"outcome": "timed_out", "say": "I am sorry."}
        await self.parrot.press("2")
        self.room.tool = {"problem": "unknown-tool"}
        await self.parrot.press("2")

        self.assert_says(["sorry"], ["sorry"])

    async def test_key_0_calls_a_human_asks_until_one_has_come_and_then_says_nothing_more(self) -> None:
        self.room.handoffs = [{"status": "queued"}, {"status": "ringing"}, {"status": "connected"}]
        await self.parrot.press("0")

        self.assertEqual(self.room.asked, ["handoff support", "handoff ", "handoff "])
        self.assert_says(["one-moment"])

    async def test_where_no_human_comes_it_says_so_and_one_may_ask_again(self) -> None:
        self.room.handoffs = [{"status": "ringing"}, {"status": "failed"}, {"problem": "unknown-queue"}]
        await self.parrot.press("0")
        await self.parrot.press("0")

        self.assert_says(["one-moment"], ["nobody"], ["nobody"])

    async def test_whoever_presses_0_twice_is_put_through_once(self) -> None:
        self.room.handoffs = [{"status": "queued"}, {"status": "connected"}]
        await asyncio.gather(self.parrot.press("0"), self.parrot.press("0"))

        self.assertEqual(self.room.asked, ["handoff support", "handoff "])

    async def test_hash_ends_the_call_goodbye_done_and_then_it_leaves(self) -> None:
        await self.parrot.press("#")

        self.assert_says(["goodbye"])
        self.assertEqual(self.room.asked, ["done", "leaves"])

    async def test_other_keys_do_nothing(self) -> None:
        await self.parrot.press("7")

        self.assertEqual((self.room.played, self.room.asked), ([], []))
