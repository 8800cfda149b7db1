"""The names of months: in English in full, shortened and as a pattern, and in other languages."""

from __future__ import annotations

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

SHORT_MONTHS = tuple(name[:3] for name in MONTHS)
"""`Jan` to `Dec`."""

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
"""From Monday on, as `day_numbers.weekday()` counts them."""

MONTH_PATTERN = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
"""The alternatives of a regular expression: every English name, in full or as it is usually shortened."""

_OTHER_LANGUAGES = (
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
"""German, French, Spanish, Italian, Portuguese, Dutch, the Scandinavian languages, Polish and Russian."""


def months_in_other_languages() -> dict[str, str]:
    """Each name of a month in another language, with the English name; all in lower case."""
    return {
        name: month.lower()
        for month, names in zip(MONTHS, _OTHER_LANGUAGES, strict=True)
        for name in names.split()
    }
