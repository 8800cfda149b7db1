"""Non-Latin keyboards: which Latin letter is on the same key.

For people who type in another script, a command is a place on the keyboard. If the terminal reports the key
itself (kitty's protocol), that counts; else the letter tells the key, by the most common layouts: Russian,
Ukrainian, Greek, Hebrew, Arabic (101) and Korean (2-set). No letter is on two keys in them. Layouts that have
some of these letters elsewhere (Bulgarian, Serbian, Persian) need a terminal that reports keys.
"""

from __future__ import annotations

import unicodedata

_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,./`\\"
_SHIFTED = dict(zip("[];',./`\\", '{}:"<>?~|', strict=True))
_NONE = " "
"""Stands for a key with an ASCII letter or without a letter of its own."""

LAYOUTS = {
    "Russian": "йцукенгшщзхъфывапролджэячсмитьбю ё ",
    "Ukrainian": "йцукенгшщзхїфівапролджєячсмитьбю  ґ",
    "Greek": " ςερτυθιοπ  ασδφγηξκλ  ζχψωβνμ     ",
    "Hebrew": "  קראטוןםפ  שדגכעיחלךף זסבהנמצתץ   ",
    "Arabic": "ضصثقفغعهخحجدشسيبلاتنمكطئءؤرﻻىةوزظذ ",
    "Korean": "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ  ㅁㄴㅇㄹㅎㅗㅓㅏㅣ  ㅋㅌㅊㅍㅠㅜㅡ     ",
}
"""The letters of each layout on the keys `qwertyuiop[]asdfghjkl;'zxcvbnm,./`, grave accent and backslash, in
that order; a blank if the key has no letter outside ASCII."""
SHIFTED = {
    "Arabic": {"أ": "H", "آ": "N", "إ": "Y", "؛": "P", "؟": "?"},
    "Korean": {"ㅃ": "Q", "ㅉ": "W", "ㄸ": "E", "ㄲ": "R", "ㅆ": "T", "ㅒ": "O", "ㅖ": "P"},
}
"""The letters that layouts without capitals have on a key with Shift."""

# Syllables that a Korean keyboard composes, taken apart into the keys typed.
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_DOUBLE = {
    "ㅘ": "ㅗㅏ", "ㅙ": "ㅗㅐ", "ㅚ": "ㅗㅣ", "ㅝ": "ㅜㅓ", "ㅞ": "ㅜㅔ", "ㅟ": "ㅜㅣ", "ㅢ": "ㅡㅣ",
    "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ", "ㄽ": "ㄹㅅ",
    "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ",
}  # fmt: skip
_FIRST, _LAST = 0xAC00, 0xD7A3


def shifted(key: str) -> str:
    """The character of a key with Shift on the Latin keyboard of the United States."""
    return _SHIFTED.get(key, key.upper())


def is_latin(character: str) -> bool:
    """Whether a character is typed on a Latin keyboard."""
    return character.isascii() or unicodedata.name(character, "").startswith("LATIN")


def keys_of(character: str) -> str:
    """The keys of a Latin keyboard at the places where a character is typed; empty if no layout has it.

    A syllable composed by a Korean keyboard is several keys.
    """
    if _FIRST <= ord(character) <= _LAST:
        initial, rest = divmod(ord(character) - _FIRST, len(_VOWELS) * len(_FINALS))
        vowel, final = divmod(rest, len(_FINALS))
        parts = f"{_INITIALS[initial]}{_VOWELS[vowel]}{_FINALS[final]}".strip()
    else:
        parts = character
    letters = "".join(_DOUBLE.get(part, part) for part in parts)
    return "".join(_PLACES.get(letter, "") for letter in letters)


def _places() -> dict[str, str]:
    places: dict[str, str] = {}
    for name, letters in LAYOUTS.items():
        for letter, key in zip(letters, _KEYS, strict=True):
            if letter != _NONE:
                if letter.upper().lower() == letter:
                    places[letter.upper()] = shifted(key)
                places[letter] = key
        places |= SHIFTED.get(name, {})
    return places


_PLACES = _places()
