"""The words that this agent can say without any service: recordings in samples/voice."""

from __future__ import annotations

import wave
from pathlib import Path

from echo import SAMPLE_RATE

FOLDER = Path(__file__).resolve().parents[1] / "voice"


def sound_of(*clips: str) -> bytes:
    """The sound of these clips, one after the other."""
    return b"".join(samples_of(FOLDER / f"{clip}.wav") for clip in clips)


def samples_of(file: Path) -> bytes:
    """The samples of a WAV file."""
    with wave.open(str(file), "rb") as wav:
        if (wav.getnchannels(), wav.getsampwidth(), wav.getframerate()) != (1, 2, SAMPLE_RATE):
            raise ValueError(f"{file.stem} must be a WAV file: one channel, 16 bit, {SAMPLE_RATE} samples a second")
        return wav.readframes(wav.getnframes())
