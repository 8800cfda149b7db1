"""Names of months in the languages that people's files are most often in, and slips in the English ones."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache

_ENGLISH = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
# German, French, Spanish, Italian, Portuguese, Dutch, the Scandinavian languages, Polish, Russian.
_OTHERS = (
    "januar jänner janvier janv enero gennaio janeiro januari stycznia styczeń января январь",
    "februar feber février fevrier févr febrero febbraio fevereiro februari lutego luty февраля февраль",
    "märz maerz mars marzo março marco maart mrt marca marzec марта март",
    "avril avr abril aprile kwietnia kwiecień апреля апрель",
    "mai mayo maggio maio mei maj maja мая май",
    "juni juin junio giugno junho czerwca czerwiec июня июнь",
    "juli juillet juil julio luglio julho lipca lipiec июля июль",
    "août aout agosto augustus augusti sierpnia sierpień августа август",
    "septembre septiembre setiembre settembre setembro września wrzesień сентября сентябрь",
    "oktober octobre octubre ottobre outubro października październik октября октябрь",
    "novembre noviembre novembro listopada listopad ноября ноябрь",
    "dezember décembre decembre diciembre dicembre dezembro desember grudnia grudzień декабря декабрь",
)
MONTHS = {name: month for month, names in zip(_ENGLISH, _OTHERS, strict=True) for name in names.split()}
"""English names by those of other languages, in lower case."""

_LETTERS = re.compile(r"[^\W\d_]{3,}")
_PARTICLES = re.compile(r"(?<=\b1)er\b|\b(?:de|del|do|den|der|le|el|il|am|im) ", re.IGNORECASE)
_NOT_MONTHS = frozenset(["dates", "dated", "marked", "century", "centuries"])


def in_english(text: str) -> str:
    """`text` with the names of months in English, and those spelt right that cannot be another word."""
    english = _LETTERS.sub(lambda match: _english(match[0]), text)
    return english if english == text else _PARTICLES.sub("", english)


def is_month(text: str) -> bool:
    """Whether a text is the name of a month, in full or its first three letters."""
    name = MONTHS.get(text.lower(), text.lower())
    return name in _ENGLISH or (len(name) == 3 and any(month.startswith(name) for month in _ENGLISH))


@lru_cache(maxsize=4096)
def _english(word: str) -> str:
    lower = word.lower()
    if lower in MONTHS:
        return MONTHS[lower]
    # Long words only: of short ones, too many are a letter away from `May`.
    if len(word) < 5 or lower in _ENGLISH or lower in _NOT_MONTHS:
        return word
    close = get_close_matches(lower, _ENGLISH, n=1, cutoff=0.85)
    return close[0] if close and close[0][0] == lower[0] else word
