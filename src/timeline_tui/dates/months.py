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
    (
        "januar jänner janvier janv enero gennaio janeiro januari stycznia styczeń января январь ocak січня "
        "січень ledna ianuarie január tammikuu tammikuuta tammikuussa ιανουαρίου ιανουάριος يناير ינואר "
        "בינואר"
    ),
    (
        "februar feber février fevrier févr febrero febbraio fevereiro februari lutego luty февраля февраль "
        "şubat лютого лютий února februarie február helmikuu helmikuuta φεβρουαρίου φεβρουάριος فبراير "
        "פברואר בפברואר"
    ),
    (
        "märz maerz mars marzo março marco maart mrt marca marzec марта март mart березня березень března "
        "martie március maaliskuu maaliskuuta maret μαρτίου μάρτιος مارس מרץ במרץ"
    ),
    (
        "avril avr abril aprile kwietnia kwiecień апреля апрель nisan квітня квітень dubna aprilie április "
        "huhtikuu huhtikuuta απριλίου απρίλιος أبريل ابريل אפריל באפריל"
    ),
    (
        "mai mayo maggio maio mei maj maja мая май mayıs травня травень května május toukokuu toukokuuta "
        "μαΐου μαΐος مايو מאי במאי"
    ),
    (
        "juni juin junio giugno junho czerwca czerwiec июня июнь haziran червня червень června iunie június "
        "kesäkuu kesäkuuta ιουνίου ιούνιος يونيو יוני ביוני"
    ),
    (
        "juli juillet juil julio luglio julho lipca lipiec июля июль temmuz липня липень července iulie "
        "július heinäkuu heinäkuuta ιουλίου ιούλιος يوليو יולי ביולי"
    ),
    (
        "août aout agosto augustus augusti sierpnia sierpień августа август ağustos серпня серпень srpna "
        "elokuu elokuuta agustus augusztus αυγούστου αύγουστος أغسطس اغسطس אוגוסט באוגוסט"
    ),
    (
        "septembre septiembre setiembre settembre setembro września wrzesień сентября сентябрь eylül "
        "вересня вересень září septembrie szeptember syyskuu syyskuuta σεπτεμβρίου σεπτέμβριος سبتمبر "
        "ספטמבר בספטמבר"
    ),
    (
        "oktober octobre octubre ottobre outubro października październik октября октябрь ekim жовтня "
        "жовтень října octombrie október lokakuu lokakuuta οκτωβρίου οκτώβριος أكتوبر اكتوبر אוקטובר "
        "באוקטובר"
    ),
    (
        "novembre noviembre novembro listopada listopad ноября ноябрь kasım листопада листопад listopadu "
        "noiembrie marraskuu marraskuuta νοεμβρίου νοέμβριος نوفمبر נובמבר בנובמבר"
    ),
    (
        "dezember décembre decembre diciembre dicembre dezembro desember grudnia grudzień декабря декабрь "
        "aralık грудня грудень prosince decembrie joulukuu joulukuuta δεκεμβρίου δεκέμβριος ديسمبر דצמבר "
        "בדצמבר"
    ),
)
"""German, French, Spanish, Italian, Portuguese, Dutch, the Scandinavian languages, Polish, Russian, Turkish,
Ukrainian, Czech, Romanian, Hungarian, Finnish, Indonesian, Greek, Arabic and Hebrew."""


def months_in_other_languages() -> dict[str, str]:
    """Each name of a month in another language, with the English name; all in lower case."""
    return {
        name: month.lower()
        for month, names in zip(MONTHS, _OTHER_LANGUAGES, strict=True)
        for name in names.split()
    }
