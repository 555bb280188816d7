"""The phone at the other end."""

from __future__ import annotations

import asyncio
from typing import Any

from livekit import rtc


async def answered(room: rtc.Room, sent: dict[str, Any] | None) -> None:
    """Waits until the phone is answered: in a call that we make, the agent is in the room before it rings."""
    if not sent or sent.get("direction") != "outbound":
        return
    active = asyncio.Event()

    def look(*_: object) -> None:
        if any(one.attributes.get("sip.callStatus") == "active" for one in room.remote_participants.values()):
            active.set()

    room.on("participant_attributes_changed", look)
    room.on("participant_connected", look)
    look()
    await active.wait()
    room.off("participant_attributes_changed", look)
    room.off("participant_connected", look)
