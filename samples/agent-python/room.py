"""The parrot's mouth and ears: LiveKit's tracks."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Coroutine
from datetime import datetime
from typing import Any

from echo import SAMPLE_RATE, SECOND
from gateway import Gateway
from livekit import rtc
from livekit.agents import JobContext
from parrot import Line, Parrot
from phone import answered

PIECE = SECOND // 50


async def repeat(ctx: JobContext, gateway: Gateway, queue: str) -> None:
    """Publishes the agent's audio, greets, and listens until the room is closed."""
    source = rtc.AudioSource(SAMPLE_RATE, 1)
    track = rtc.LocalAudioTrack.create_audio_track("agent", source)
    await ctx.room.local_participant.publish_track(
        track, rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE)
    )

    line = Line(gateway, queue, lambda: ctx.shutdown("finished"), datetime.now, lambda: uuid.uuid4().hex)
    parrot = Parrot(RoomMouth(source), line)
    tasks: set[asyncio.Task[None]] = set()

    def begin(work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        tasks.add(task)  # A task that nobody holds may be collected.
        task.add_done_callback(tasks.discard)

    async def listen(heard: rtc.Track) -> None:
        async for event in rtc.AudioStream(heard, sample_rate=SAMPLE_RATE, num_channels=1):
            begin(parrot.hear(bytes(event.frame.data)))

    def subscribed(heard: rtc.Track, *_: object) -> None:
        if heard.kind == rtc.TrackKind.KIND_AUDIO:
            begin(listen(heard))

    def pressed(dtmf: rtc.SipDTMF) -> None:
        begin(parrot.press(dtmf.digit))

    ctx.room.on("track_subscribed", subscribed)
    ctx.room.on("sip_dtmf_received", pressed)
    for participant in ctx.room.remote_participants.values():
        for publication in participant.track_publications.values():
            if publication.track:
                subscribed(publication.track)

    await answered(ctx.room, gateway.sent)
    await parrot.greet()


class RoomMouth:
    """Plays one sound after the other, in pieces, so that it can be hushed."""

    def __init__(self, source: rtc.AudioSource) -> None:
        self._source = source
        self._turn = asyncio.Lock()
        self._hushes = 0

    async def play(self, sound: bytes) -> None:
        before = self._hushes
        async with self._turn:
            for at in range(0, len(sound), PIECE):
                if self._hushes != before:
                    return
                part = sound[at : at + PIECE]
                await self._source.capture_frame(rtc.AudioFrame(part, SAMPLE_RATE, 1, len(part) // 2))
            await self._source.wait_for_playout()

    def hush(self) -> None:
        self._hushes += 1
        self._source.clear_queue()
