"""What a gateway does that is not well. How the client gets on with a real one, tests/Samples.Tests tries."""

import asyncio
import json
import threading
import time
import unittest
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from gateway import Gateway, Patience

PATIENT = Patience(request=20, lease=20, done=20, tool=20, pause=0.01)
IMPATIENT = Patience(request=20, lease=0.05, done=0.05, tool=20, pause=0.01)
METADATA = json.dumps({"callId": "c1", "fence": "f", "epoch": 2})


@dataclass
class Given:
    """A job."""

    id: str
    metadata: str


class Unwell(BaseHTTPRequestHandler):
    statuses: list[int]
    asked: list[tuple[str, dict[str, Any], str | None]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.asked.append((self.path, json.loads(body), self.headers["Authorization"]))
        status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        if status == 0:
            self.close_connection = True
            return
        good = {"validSeconds": 4, "renewSeconds": 0.01, "status": "queued"}
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(good if status == 200 else {"type": "urn:problem:agent-lease-taken"}).encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Not to the tests' output."""


class Clients(unittest.IsolatedAsyncioTestCase):
    def setUp(self) -> None:
        Unwell.asked = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Unwell)
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        url = f"http://127.0.0.1:{self.server.server_port}"
        self.gateway = Gateway(Given("AJ_1", METADATA), url, lambda: "token", PATIENT)
        self.hasty = Gateway(Given("AJ_1", METADATA), url, lambda: "token", IMPATIENT)

    def tearDown(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    async def test_a_gateway_that_is_away_is_asked_again_and_its_answer_holds_from_the_asking(
        self,
    ) -> None:
        Unwell.statuses = [503, 0, 429, 200]
        begun = time.monotonic()
        until = await self.gateway.ask_for_lease() or 0

        self.assertTrue(begun + 4 <= until <= time.monotonic() + 4)
        body = {"callId": "c1", "fence": "f", "epoch": 2, "job": "AJ_1"}
        self.assertEqual(Unwell.asked, [("/agents/lease", body, "Bearer token")] * 4)

    async def test_a_refusal_is_asked_once_and_nobody_waits_for_a_gateway_that_never_answers(self) -> None:
        Unwell.statuses = [409]
        self.assertIsNone(await self.gateway.ask_for_lease())
        self.assertEqual(len(Unwell.asked), 1)

        Unwell.statuses = [500]
        self.assertIsNone(await self.hasty.ask_for_lease())

    async def test_the_lease_is_kept_whether_or_not_the_gateway_answers_until_another_agent_has_it(self) -> None:
        Unwell.statuses = [200, 503, 200, 409]
        lost: list[bool] = []
        await self.gateway.keep_lease(lambda: lost.append(True))

        self.assertEqual(lost, [True])
        self.assertEqual([body["renews"] for _, body, _ in Unwell.asked], [True] * 4)

    async def test_a_lease_that_was_let_go_is_not_renewed_and_not_lost(self) -> None:
        Unwell.statuses = [200]
        lost: list[bool] = []
        keeping = asyncio.create_task(self.gateway.keep_lease(lambda: lost.append(True)))
        await asyncio.sleep(0.05)
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
        asked = len(Unwell.asked)
        await asyncio.sleep(0.05)

        self.assertEqual(lost, [])
        self.assertLessEqual(len(Unwell.asked), asked + 1)

    async def test_a_handoff_and_a_tool_are_asked_for_again_each_as_the_same_one(self) -> None:
        Unwell.statuses = [0, 503, 200]
        self.assertEqual((await self.gateway.handoff(queue="q"))["status"], "queued")
        Unwell.statuses = [503, 200]
        await self.gateway.use_tool("search", {"day": 1}, "id_1")

        self.assertEqual(
            [(path, body["toolCallId"], body["arguments"]) for path, body, _ in Unwell.asked[-2:]],
            [("/tools/search", "id_1", {"day": 1})] * 2,
        )

    async def test_a_problem_goes_by_the_name_that_the_gateway_gives_it(self) -> None:
        Unwell.statuses = [409]
        self.assertEqual(await self.gateway.handoff(queue="q"), {"problem": "agent-lease-taken"})
        Unwell.statuses = [0]
        self.assertEqual(await self.hasty.handoff(queue="q"), {"problem": "no-answer"})

    async def test_a_job_that_the_gateway_did_not_send_asks_nobody_and_may_speak(self) -> None:
        for metadata in ("", "no JSON", "null", "[]", '{"their":"own"}'):
            own = Gateway(Given("AJ_1", metadata), "http://127.0.0.1:9", lambda: "token")
            await own.keep_lease(lambda: self.fail("lost"))

            self.assertEqual(await own.ask_for_lease(), float("inf"))
            self.assertFalse(await own.done())
            self.assertEqual(await own.handoff(), {"problem": "not-sent-by-the-gateway"})

    def test_the_patience_is_that_of_the_document_ten_seconds_asked_once_a_second(self) -> None:
        self.assertEqual((Patience().lease, Patience().pause), (10, 1))
