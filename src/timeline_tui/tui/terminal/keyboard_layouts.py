"""Keys of keyboards that are not Latin: which Latin letter the same key has.

A command is a place on the keyboard to whoever types in another script. Where the terminal tells the key
itself (kitty's protocol), that counts; else the letter tells it, by the layouts that most people have:
Russian, Ukrainian, Greek, Hebrew, Arabic (101) and Korean (2-set). No letter stands at two places in them.
Layouts that have some of these letters elsewhere (Bulgarian, Serbian, Persian) need a terminal that tells.
"""

from __future__ import annotations

import unicodedata

_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,./`\\"
_SHIFTED = dict(zip("[];',./`\\", '{}:"<>?~|', strict=True))
_NONE = " "
"""A key whose letter is of ASCII, or that has none of its own."""

LAYOUTS = {
    "Russian": "йцукенгшщзхъфывапролджэячсмитьбю ё ",
    "Ukrainian": "йцукенгшщзхїфівапролджєячсмитьбю  ґ",
    "Greek": " ςερτυθιοπ  ασδφγηξκλ  ζχψωβνμ     ",
    "Hebrew": "  קראטוןםפ  שדגכעיחלךף זסבהנמצתץ   ",
    "Arabic": "ضصثقفغعهخحجدشسيبلاتنمكطئءؤرﻻىةوزظذ ",
    "Korean": "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ  ㅁㄴㅇㄹㅎㅗㅓㅏㅣ  ㅋㅌㅊㅍㅠㅜㅡ     ",
}
"""What each layout has on the keys `qwertyuiop[]asdfghjkl;'zxcvbnm,./`, the grave accent and the backslash,
in that order; a blank for nothing that is not ASCII."""
SHIFTED = {
    "Arabic": {"أ": "H", "آ": "N", "إ": "Y", "؛": "P", "؟": "?"},
    "Korean": {"ㅃ": "Q", "ㅉ": "W", "ㄸ": "E", "ㄲ": "R", "ㅆ": "T", "ㅒ": "O", "ㅖ": "P"},
}
"""What these layouts, which have no capitals, have on a key with Shift."""

# What a Korean keyboard joins while one types, taken apart into the keys.
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
    """What a key of a Latin keyboard (of the United States) has with Shift."""
    return _SHIFTED.get(key, key.upper())


def is_latin(character: str) -> bool:
    """Whether a keyboard that has this character has its commands where the Latin letters are."""
    return character.isascii() or unicodedata.name(character, "").startswith("LATIN")


def keys_of(character: str) -> str:
    """The keys of a Latin keyboard at whose places a character is typed; empty for one that no layout has.

    A syllable that a Korean keyboard has joined already is several keys.
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
