"""The time as a sentence of clips: what a person would say, word by word."""

from __future__ import annotations

from datetime import datetime


def words_of_time(time: datetime) -> list[str]:
    """The clips that say an hour and a minute, such as "It is three oh five P M"."""
    minutes = ["oclock"] if time.minute == 0 else ["oh"] * (time.minute < 10) + words_of_number(time.minute)
    return ["it-is", *words_of_number(time.hour % 12 or 12), *minutes, "a-m" if time.hour < 12 else "p-m"]


def words_of_number(number: int) -> list[str]:
    """The clips that say a number from 0 to 59."""
    if number == 0:
        return ["no"]
    if number <= 20 or number % 10 == 0:
        return [str(number)]
    return [str(number - number % 10), str(number % 10)]
