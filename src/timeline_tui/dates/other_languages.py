"""Words about dates in other languages, put into English: before, after, about, between, century, spring.

German, French, Spanish, Italian, Portuguese, Dutch, the Scandinavian languages, Polish and Russian. Names of
months, of more languages, are in `months.py`.
"""

from __future__ import annotations

import re
from typing import Final

_LIMITS: Final = {
    "before": "vor avant antes prima voor före foer före innan før przed до перед",
    "after": "nach après apres después despues dopo depois após apos na efter etter po после",
    "about": (
        "um etwa circa cirka gegen zirka ungefähr vers environ hacia verso intorno omstreeks "
        "rond rondom ongeveer "
        "omkring omtrent około okolo ok около приблизительно ок alrededor por"
    ),
    "until": "bis jusqu'en jusqu'à jusqu hasta fino até tot till til do по",
    "since": "seit depuis desde dal dalla sinds vanaf sedan siden od \u0441",
}
_LINKS: Final = (
    r"(?:(?:dem|den|der|de|del|della|dello|di|du|des|do|da|o|a|al|au|aux|le|la|el|il|lo|het|года) "
    r"|(?:dell|d|l|all)')*"
)
_FIRST: Final = {word: english for english, words in _LIMITS.items() for word in words.split()}
_LIMIT: Final = re.compile(rf"({'|'.join(sorted(_FIRST, key=len, reverse=True))})\.? +{_LINKS}(?=\S)")
_LONGER: Final = (
    (re.compile(r"^por volta de +"), "about "),
    (re.compile(r"^cerca (?:de|del|di) +"), "about "),
    (re.compile(r"^alrededor de +"), "about "),
    (re.compile(r"^intorno al +"), "about "),
    (re.compile(r"^(?:à la )?mi-(?=\S)"), "mid "),
)
_FROM_TO: Final = re.compile(
    r"(?:vom|von|du|del|de|dal|dall'|van|från|fra|od|do|с|со|з) *([0-9].*?) +"
    r"(?:bis(?: zum)?|au|al|all'|à|a|ao|tot|till|til|do|по|до) *([0-9].*)"
)
_TO: Final = re.compile(r"([0-9].*?) +(?:bis(?: zum)?|au|al|tot|till|til|по) +([0-9].*)")
_NTH: Final = {
    "first": (
        "1. 1 1er 1re 1ère 1° 1ª 1-я 1-й erste ersten erstes premier première primer primera primo "
        "prima primeiro primeira eerste första første pierwsza pierwszej первая первой"
    ),
    "second": (
        "2. 2 2e 2ème 2nde 2° 2ª 2-я 2-й zweite zweiten zweites second seconde deuxième segundo "
        "segunda secondo seconda tweede andra anden andre druga drugiej вторая второй"
    ),
    "third": (
        "3. 3 3e 3ème 3-я 3-й dritte dritten drittes troisième tercer tercera terzo terza terceiro "
        "terceira derde tredje третья третьей"
    ),
    "fourth": (
        "4. 4 4e 4ème 4-я 4-й vierte vierten viertes quatrième cuarto cuarta quarto quarta vierde "
        "fjärde fjerde четвертая четвертой"
    ),
    "last": (
        "letztes letzten letzte dernier dernière último última ultimo ultima laatste sista sidste "
        "siste ostatnia последняя последней"
    ),
}
_SHARES: Final = {
    "half": (
        "hälfte moitié mitad metà metade helft hälften halvdel halvdelen połowa połowie половина половине"
    ),
    "third": "drittel tiers tercio terzo terço tredjedel треть трети",
    "quarter": "viertel quart cuarto quarto kwart fjärdedel fjerdedel четверть четверти",
}
_NTH_WORD: Final = {word: english for english, words in _NTH.items() for word in words.split()}
_SHARE: Final = {word: english for english, words in _SHARES.items() for word in words.split()}
_SHARE_OF: Final = re.compile(
    r"(?:in der |im |in |dans la |au |en |a |nella |na |no |i |w |в )?(?:la |le |el |il |a |o |de |den )?"
    rf"({'|'.join(sorted(map(re.escape, _NTH_WORD), key=len, reverse=True))}) ?"
    rf"({'|'.join(_SHARE)}) +{_LINKS}(.+)"
)
_DECADE: Final = re.compile(
    r"(?:les |los |gli |de |des )*(?:années|annees|años|anos|anni|jaren) (?:de )?([0-9]{3}0)(?![0-9s])"
)
_BETWEEN: Final = re.compile(
    r"(?:zwischen|entre|tra|fra|tussen|mellan|mellem|mellom|między|miedzy|между) +(.+?) +"
    r"(?:und|et|y|e|en|och|og|i|a|и) +(.+)"
)
_SEASONS: Final = {
    "spring": (
        "frühling frühjahr printemps primavera lente voorjaar vår forår wiosna wiosną весна весной весны"
    ),
    "summer": "sommer été estate verano verão zomer sommar lato latem лето летом лета",
    "autumn": (
        "herbst automne otoño autunno outono herfst najaar höst høst efterår jesień jesienią "
        "осень осенью осени"
    ),
    "winter": "winter hiver invierno inverno vinter zima zimą зима зимой зимы",
}
_SEASON: Final = {word: english for english, words in _SEASONS.items() for word in words.split()}
_SEASON_OF: Final = re.compile(
    rf"(?:im |en |au |in |à l'|l'|le |el |la |no |na |om |i )?({'|'.join(_SEASON)}) "
    rf"+{_LINKS}(-?[0-9]{{3,4}}.*)"
)
_PARTS: Final = {
    "early": (
        "anfang début debut principios comienzos inizio inizi início inicio begin början "
        "begyndelsen początek начало"
    ),
    "mid": "mitte milieu mediados metà meados midden mitten środek середина",
    "late": "ende fin finales fines fine finais fim eind slutet slutningen koniec конец",
}
_PART: Final = {word: english for english, words in _PARTS.items() for word in words.split()}
_PART_OF: Final = re.compile(
    rf"(?:a |au |en |à la |in |na |i |zu )?({'|'.join(_PART)}) +(?:der|des|du|de|del|di|do|"
    rf"dos|van|av|af|los|les|años|"
    rf"anni|anos|années|jaren|lat|года) ?{_LINKS}(.+)|({'|'.join(_PART)}) +(.+)"
)
_ROMAN: Final = re.compile(r"(?=[mdclxvi])(x{0,2})(ix|iv|v?i{0,3})")
_NUMBER: Final = (
    r"(?:(?P<first>[0-9]{1,2}|[ivx]+)(?:\.|er?|ème|-й)? ?[-\u2013\u2014/] ?)?(?P<number>[0-9]{1,2}|[ivx]+)"
)
_CENTURY: Final = (
    re.compile(
        rf"{_NUMBER}(?:\.|er?|ème|eme|-й|:e)? ?(?:jahrhunderts?|jhd?t?\.?|jh\.?|siècle|"
        rf"siecle|secolo|eeuw|århundrade|"
        r"århundredet?|wieku?|w\.|века?|вв?\.)"
    ),
    re.compile(rf"(?:siglos?|séculos?|seculos?|secoli|s\.) ?{_NUMBER}"),
)
_BEFORE_CHRIST: Final = re.compile(
    r" ?(?:v\. ?chr\.?|v\. ?u\. ?z\.?|av\.? ?j\.?-?c\.?|a\. ?(?:de )?c\.|antes de cristo|"
    r"avanti cristo|v\. ?chr|"
    r"p\.n\.e\.?|до н\. ?э\.?|f\. ?kr\.?)\Z"
)
_AFTER_CHRIST: Final = re.compile(
    r" ?(?:n\. ?chr\.?|ap\.? ?j\.?-?c\.?|d\. ?c\.|n\.e\.|н\. ?э\.?|e\. ?kr\.?)\Z"
)
_ROMANS: Final = {"i": 1, "v": 5, "x": 10}


WORDS: Final = frozenset([*_FIRST, *_SEASON, *_PART, *_NTH_WORD, *_SHARE])
"""The words about dates that stand alone, in lower case."""


def in_english(text: str) -> str:
    """`text` in lower case with what its words say about a date in English; as it was if there is nothing.

    `vor 1900` becomes `before 1900`, `entre 1850 et 1855` becomes `between 1850 and 1855`, and
    `XIXe siècle` becomes `19 century`.
    """
    lower = " ".join(text.lower().replace("\u2019", "'").split())
    found = _BEFORE_CHRIST.sub(" bc", lower)
    found = _AFTER_CHRIST.sub(" ad", found) if found == lower else found
    if (match := _BETWEEN.fullmatch(found)) is not None:
        return f"between {in_english(match[1])} and {in_english(match[2])}"
    if (match := _FROM_TO.fullmatch(found) or _TO.fullmatch(found)) is not None:
        return f"from {in_english(match[1])} to {in_english(match[2])}"
    if (match := _SHARE_OF.fullmatch(found)) is not None:
        return f"{_NTH_WORD[match[1]]} {_SHARE[match[2]]} {in_english(match[3])}"
    found = _DECADE.sub(r"\1s", found)
    for pattern, english in _LONGER:
        found = pattern.sub(english, found)
    if (match := _LIMIT.match(found)) is not None:
        found = f"{_FIRST[match[1]]} {found[match.end() :]}"
    for pattern in _CENTURY:
        found = pattern.sub(_century, found)
    if (match := _SEASON_OF.fullmatch(found)) is not None:
        found = f"{_SEASON[match[1]]} {match[2]}"
    elif (match := _PART_OF.fullmatch(found)) is not None:
        found = f"{_PART[match[1] or match[3]]} {match[2] or match[4]}"
    return text if found == lower else found


def _century(match: re.Match[str]) -> str:
    ends = [_counted(number) for number in (match["first"], match["number"]) if number]
    return " - ".join(f"{end} century" for end in ends) if all(0 < end < 40 for end in ends) else match[0]


def _counted(number: str) -> int:
    """The value of a number in digits or in Roman numerals."""
    if number.isdigit():
        return int(number)
    values = [_ROMANS[letter] for letter in number]
    return sum(-one if one < other else one for one, other in zip(values, [*values[1:], 0], strict=True))
