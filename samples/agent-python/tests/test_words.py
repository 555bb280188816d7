import shutil
import tempfile
import unittest
import wave
from datetime import datetime
from pathlib import Path

from clips import FOLDER, samples_of, sound_of
from clock import words_of_number, words_of_time
from echo import SECOND


def said(hour: int, minute: int) -> str:
    return " ".join(words_of_time(datetime(2026, 1, 1, hour, minute)))


class Words(unittest.TestCase):
    def test_the_time_is_said_as_people_say_it(self) -> None:
        self.assertEqual(said(0, 0), "it-is 12 oclock a-m")
        self.assertEqual(said(9, 5), "it-is 9 oh 5 a-m")
        self.assertEqual(said(12, 20), "it-is 12 20 p-m")
        self.assertEqual(said(15, 42), "it-is 3 40 2 p-m")
        self.assertEqual(said(23, 59), "it-is 11 50 9 p-m")

    def test_every_minute_of_a_day_and_every_number_of_free_times_has_its_clips(self) -> None:
        words = {word for number in range(60) for word in words_of_number(number)}
        words |= {word for minute in range(1440) for word in said(minute // 60, minute % 60).split()}

        for word in words:
            self.assertGreater(len(sound_of(word)), 0.2 * SECOND, word)

    def test_clips_follow_one_another(self) -> None:
        self.assertEqual(sound_of("it-is", "3"), sound_of("it-is") + sound_of("3"))

    def test_a_recording_of_another_kind_is_refused_by_its_name(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            mine = Path(folder) / "mine.wav"
            shutil.copy(FOLDER / "oh.wav", mine)
            with wave.open(str(mine), "wb") as wav:
                wav.setnchannels(2)
                wav.setsampwidth(2)
                wav.setframerate(8000)
            with self.assertRaisesRegex(
                ValueError, "mine must be a WAV file: one channel, 16 bit, 8000 samples a second"
            ):
                samples_of(mine)
