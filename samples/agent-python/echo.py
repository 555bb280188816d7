"""Finds what a caller says in the sound of their line: from the first loud moment until they pause. Sound is bytes of
16-bit samples in one channel."""

from __future__ import annotations

from array import array

SAMPLE_RATE = 8000  # As a phone has it.
SECOND = SAMPLE_RATE * 2  # In bytes.

WINDOW = SECOND // 100  # Loudness is judged in steps of 10 ms.
LOUD = 500  # The root mean square from which on it is a voice: about 2 % of the loudest, above the noise of a line.
LEAD = 20  # How many quiet steps before the first loud one belong to it: the beginning of a word is soft.
END = 70  # So many quiet steps are a pause.
LEAST = 15  # What has fewer loud steps than this is a click or a cough.
MOST = 1000  # After ten seconds it is played back, pause or not.


class Ear:
    """Hears a line. Give it the sound as it comes; it gives back what was said once the speaker pauses."""

    def __init__(self) -> None:
        self.forget()

    def hear(self, sound: bytes) -> bytes | None:
        """Takes sound, and gives what was said if it is over with this."""
        self._rest += sound
        said = None
        while len(self._rest) >= WINDOW:
            said = self._step(self._rest[:WINDOW]) or said
            self._rest = self._rest[WINDOW:]
        return said

    def forget(self) -> None:
        """Forgets what it has heard: for the time in which the agent itself speaks."""
        self._rest = b""
        self._heard: list[bytes] = []
        self._loud = self._quiet = 0

    def _step(self, step: bytes) -> bytes | None:
        is_loud = loudness(step) >= LOUD
        self._heard.append(step)
        self._loud += is_loud
        self._quiet = 0 if is_loud else self._quiet + 1
        if self._loud == 0:
            self._heard = self._heard[-LEAD:]
            return None
        if self._quiet < END and len(self._heard) < MOST:
            return None
        said = b"".join(self._heard) if self._loud >= LEAST else None
        self._heard = []
        self._loud = self._quiet = 0
        return said


def loudness(sound: bytes) -> float:
    """The root mean square of the samples."""
    samples = array("h", sound)
    return (sum(sample * sample for sample in samples) / len(samples)) ** 0.5
