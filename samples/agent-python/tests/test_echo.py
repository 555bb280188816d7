import math
import unittest
from array import array

from clips import sound_of
from echo import SAMPLE_RATE, SECOND, Ear, loudness


def quiet(seconds: float) -> bytes:
    return array("h", (at % 7 * 10 - 30 for at in range(round(seconds * SAMPLE_RATE)))).tobytes()


def tone(seconds: float) -> bytes:
    return array("h", (round(8000 * math.sin(at / 3)) for at in range(round(seconds * SAMPLE_RATE)))).tobytes()


def heard(sound: bytes, piece: int = 320) -> list[bytes]:
    """What an ear gives back of a sound that comes in pieces of so many bytes."""
    ear = Ear()
    return [said for at in range(0, len(sound), piece) if (said := ear.hear(sound[at : at + piece]))]


class Echo(unittest.TestCase):
    def test_what_was_said_comes_back_once_the_speaker_pauses_with_the_soft_beginning_of_the_word(self) -> None:
        said = heard(quiet(1) + tone(0.5) + quiet(1))

        self.assertEqual([len(one) / SECOND for one in said], [0.2 + 0.5 + 0.7])
        self.assertGreater(loudness(said[0][SECOND // 5 : SECOND * 7 // 10]), 5000)

    def test_a_short_pause_belongs_to_the_sentence(self) -> None:
        self.assertEqual(len(heard(tone(0.5) + quiet(0.5) + tone(0.5) + quiet(1))), 1)
        self.assertEqual(len(heard(tone(0.5) + quiet(0.8) + tone(0.5) + quiet(1))), 2)

    def test_noise_of_the_line_and_a_click_are_nothing_that_was_said(self) -> None:
        self.assertEqual(heard(quiet(20)), [])
        self.assertEqual(heard(quiet(1) + tone(0.05) + quiet(2)), [])

    def test_whoever_never_pauses_is_repeated_after_ten_seconds(self) -> None:
        self.assertEqual([len(said) / SECOND for said in heard(tone(25))], [10, 10])

    def test_it_makes_no_difference_in_which_pieces_the_sound_comes(self) -> None:
        sound = quiet(0.5) + tone(0.6) + quiet(1)

        for piece in (2, 158, 160, 882):
            self.assertEqual(heard(sound, piece), heard(sound), piece)

    def test_what_the_agent_itself_says_is_forgotten(self) -> None:
        ear = Ear()
        ear.hear(tone(1))
        ear.forget()

        self.assertIsNone(ear.hear(quiet(2)))

    def test_the_words_of_a_person_are_heard(self) -> None:
        self.assertEqual(len(heard(quiet(0.3) + sound_of("it-is", "3", "40", "2", "p-m") + quiet(1))), 1)
