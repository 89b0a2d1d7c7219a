"""When something was published, from the ways that Chinese sites write it."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from crawlers.beijing import BEIJING
from crawlers.text import half_width

# A site's clock may run a little fast; what it dates within this is now.
SKEW = timedelta(minutes=10)
# For asking whether something is a date at all.
LATE = datetime(2100, 1, 1, tzinfo=UTC)
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_MAX_LENGTH = 200

_TIME = (
    r"(?:[T\s,]*(?P<half>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜间|晚|[AaPp][Mm]\b)?\s*"
    r"(?P<hour>\d{1,2})(?::|时|点|點|時)(?:(?P<minute>\d{1,2}|半)(?::|分)?)?(?:(?P<second>\d{1,2})(?:\.\d{1,9})?秒?)?"
    r"\s*(?P<after>[AaPp][Mm]\b)?\s*(?P<zone>Z\b|(?:UTC|GMT)[+-]\d{1,2}(?::?\d{2})?\b|[+-]\d{2}:?\d{2}\b|UTC\b|GMT\b|CST\b)?)?"
)
_FULL = re.compile(
    r"(?<!\d)(?P<year>\d{4})\s?[-/.年]\s?(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})\s?[日号號]?" + _TIME
)
_AMERICAN = re.compile(r"(?<!\d)(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})(?!\d)" + _TIME)
_SHORT_YEAR = re.compile(r"(?<!\d)(?P<year>\d{2})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)" + _TIME)
_DIGITS = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})"
    r"(?:T?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?(?P<zone>Z)?)?(?!\d)"
)
_NO_YEAR = re.compile(r"(?<!\d)(?P<month>\d{1,2})(?:-|/|月)(?P<day>\d{1,2})(?!\d)[日号號]?" + _TIME)
_DAY_WORD = re.compile(r"(?P<word>今天|今日|今早|今晨|今晚|昨天|昨日|昨晚|昨夜|前天|前日|大前天)" + _TIME)
_WEEKDAY = re.compile(
    r"(?P<last>上个?(?=周|週|星期|礼拜))?(?:本周|这周|周|週|星期|礼拜)(?P<weekday>[一二三四五六日天])" + _TIME
)
# A clock time alone is today's; beside a word or a year it is part of a date that was not understood.
_CLOCK_ONLY = re.compile(
    r"^(?!.*(?:[A-Za-z]{3}|\d{4})).*?(?<![\d:])(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?![\d:])"
    r"\s*(?P<after>[AaPp][Mm]\b)?"
)
_SPAN = (
    r"(?P<count>\d{1,4}(?:\.\d)?|半|几|幾|数|两|兩)\s*(?:个|個)?"
    r"(?P<half>半)?\s*(?P<unit>秒钟?|秒鐘|分钟?|分鐘|小时|小時|钟头|天|日|周|週|星期|月|年)"
)
_SPANS = re.compile(_SPAN)
_AGO = re.compile(rf"(?:{re.sub(r'[?]P<[a-z]+>', '?:', _SPAN)}\s*){{1,3}}(?:之|以)?前")
_CTIME = re.compile(
    r"\b(?P<month>[A-Z][a-z]{2})\s+(?P<day>\d{1,2})\s+(?P<clock>\d\d:\d\d(?::\d\d)?)\s+"
    r"(?P<zone>[A-Z]{3}|[+-]\d{4})?\s*(?P<year>\d{4})\b"
)
"""As Java and some interfaces write: Thu Dec 31 08:30:00 CST 2026."""
_CHINESE_MAIL = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})\s(?P<month>\d{1,2}|十[一二]|[一二三四五六七八九十])月\s(?P<rest>\d{4}\s\d\d:\d\d(?::\d\d)?.{0,9})"
)
"""A mail's date as Java writes it in Chinese: 周四, 31 十二月 2026 08:30:00 +0800."""
_MONTHS = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_ENGLISH = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_UNIX = re.compile(r"(?:/Date\()?(\d{10}(?:\.\d+)?|\d{13})(?:[+-]\d{4})?(?:\)/)?")
_ROC_YEAR = re.compile(r"民[國国]\s*(\d{2,3})\s*年")
_JUST_NOW = re.compile(r"刚刚|剛剛|刚才|just now", re.IGNORECASE)
_UNITS = {
    "秒": timedelta(seconds=1),
    "分": timedelta(minutes=1),
    "小": timedelta(hours=1),
    "钟": timedelta(hours=1),
    "天": timedelta(days=1),
    "日": timedelta(days=1),
    "周": timedelta(weeks=1),
    "週": timedelta(weeks=1),
    "星": timedelta(weeks=1),
    "月": timedelta(days=30),
    "年": timedelta(days=365),
}
_COUNTS = {"半": 0.5, "两": 2.0, "兩": 2.0}
_DAYS_BACK = {"今": 0, "昨": 1, "前": 2, "大": 3}
_NUMERALS = re.compile("[〇零一二三四五六七八九十]+")
_VALUES = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}


def parse(written: str | float | None, now: datetime) -> datetime | None:
    """Return the aware UTC time that `written` means, read at `now`; None where it means none.

    A time without a zone is Beijing time. A date without a year is the latest such date not after `now`;
    a full date is taken at its word, a guess never lies in the future. Numbers are Unix seconds or milliseconds.
    """
    if written is None or isinstance(written, bool):
        return None
    text = half_width(str(written)).strip()[:_MAX_LENGTH]
    unix = _UNIX.fullmatch(text)
    found = _from_unix(float(unix[1])) if unix else _first(text, now)
    return found if found is not None and _EARLIEST <= found <= now + timedelta(days=366) else None


def _first(text: str, now: datetime) -> datetime | None:
    if not text:
        return None
    if chinese := _CHINESE_MAIL.search(text):
        month = _MONTHS.index(chinese["month"]) if chinese["month"] in _MONTHS else int(chinese["month"])
        return _rfc822(f"{chinese['day']} {_ENGLISH[month]} {chinese['rest']}")
    if ctime := _CTIME.search(text):
        return _rfc822("{day} {month} {year} {clock} {zone}".format(**ctime.groupdict(default="CST")))
    if "," in text[:12] or re.search(r"[A-Za-z]{3}\s+\d{4}\s+\d\d:", text):
        found = _rfc822(text)
        if found:
            return found
    western = _western(text)
    for pattern, read in _READERS:
        match = pattern.search(western)
        if match:
            try:
                found = read(match, now)
            except (ValueError, OverflowError):
                continue
            return found.astimezone(UTC)
    return _guess(text, now)


def _from_unix(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds / 1000 if seconds >= 1e11 else seconds, UTC)


def _rfc822(text: str) -> datetime | None:
    # CST means China Standard Time here; the mail standard would make it Chicago's.
    try:
        found = parsedate_to_datetime(re.sub(r"\bCST\b", "+0800", text))
    except (ValueError, OverflowError, TypeError):
        return None
    aware = found if found.tzinfo else found.replace(tzinfo=BEIJING)
    try:
        return aware.astimezone(UTC)
    except OverflowError:
        return None


def _western(text: str) -> str:
    """Write Chinese numerals as digits: 二〇二六年十一月二十日 becomes 2026年11月20日."""
    if text.isascii():
        return text
    protected = re.sub(r"(周|週|星期|礼拜)([一二三四五六日天])", lambda m: m[1] + _WEEKDAY_MARK[m[2]], text)
    western = _NUMERALS.sub(lambda run: _number(run[0]), protected).translate(_WEEKDAY_BACK)
    return _ROC_YEAR.sub(lambda match: f"{int(match[1]) + 1911}年", western)


_WEEKDAY_MARK = dict(zip("一二三四五六日天", "\ue001\ue002\ue003\ue004\ue005\ue006\ue007\ue007", strict=True))
_WEEKDAY_BACK = str.maketrans("\ue001\ue002\ue003\ue004\ue005\ue006\ue007", "一二三四五六日")


def _number(run: str) -> str:
    if "十" not in run:
        return "".join(str(_VALUES[character]) for character in run)
    tens, _, ones = run.partition("十")
    if len(tens) > 1 or len(ones) > 1:
        return run
    return str((_VALUES[tens] if tens else 1) * 10 + (_VALUES[ones] if ones else 0))


def _clock(match: re.Match[str]) -> timedelta:
    parts = match.groupdict()
    if not parts.get("hour"):
        return timedelta()
    hour = int(parts["hour"])
    minute = 30 if parts.get("minute") == "半" else int(parts.get("minute") or 0)
    second = int(parts.get("second") or 0)
    half = (parts.get("half") or parts.get("after") or "").lower()
    if (half in ("下午", "傍晚", "晚上", "夜间", "晚", "pm") and hour < 12) or (half == "中午" and hour < 3):
        hour += 12
    elif half in ("凌晨", "am") and hour == 12:
        hour = 0
    if hour > 24 or minute > 59 or second > 60:
        raise ValueError("no time of day")
    return timedelta(hours=hour, minutes=minute, seconds=min(second, 59))


def _zone(match: re.Match[str]) -> timezone:
    written = match.groupdict().get("zone")
    if not written or written == "CST":
        return BEIJING
    if written in ("Z", "UTC", "GMT"):
        return UTC
    shift = written.removeprefix("UTC").removeprefix("GMT")
    sign, digits = -1 if shift[0] == "-" else 1, shift[1:].replace(":", "")
    hours, minutes = (digits, "0") if len(digits) < 3 else (digits[:-2], digits[-2:])
    return timezone(sign * timedelta(hours=int(hours), minutes=int(minutes)))


def _full(match: re.Match[str], _: datetime) -> datetime:
    year = int(match["year"])
    day = datetime(year + 2000 if year < 100 else year, int(match["month"]), int(match["day"]), tzinfo=_zone(match))
    return day + _clock(match)


def _american(match: re.Match[str], _: datetime) -> datetime:
    """Return the date of 12/31/2026, or of 31/12/2026, which can be nothing else."""
    month, day = int(match["month"]), int(match["day"])
    if month > 12:
        month, day = day, month
    return datetime(int(match["year"]), month, day, tzinfo=_zone(match)) + _clock(match)


def _no_year(match: re.Match[str], now: datetime) -> datetime:
    """Return the latest such date that is not after now; a leap day may lie eight years back."""
    zone = _zone(match)
    this_year = now.astimezone(zone).year
    for year in range(this_year + 1, this_year - 9, -1):
        try:
            found = datetime(year, int(match["month"]), int(match["day"]), tzinfo=zone) + _clock(match)
        except ValueError:
            continue
        if found <= now + SKEW:
            return min(found, now)
    raise ValueError("no such date")


def _day_word(match: re.Match[str], now: datetime) -> datetime:
    day = _midnight(now) - timedelta(days=_DAYS_BACK[match["word"][0]])
    clock = _clock(match)
    if match["word"][-1] in "晚夜" and match["hour"] and timedelta(hours=3) <= clock < timedelta(hours=12):
        clock += timedelta(hours=12)
    return min(day + clock, now)


def _weekday(match: re.Match[str], now: datetime) -> datetime:
    midnight = _midnight(now)
    wanted = "一二三四五六日天".index(match["weekday"])
    back = (midnight.weekday() - min(wanted, 6)) % 7
    if match["last"]:
        return midnight - timedelta(days=midnight.weekday() + 7 - min(wanted, 6)) + _clock(match)
    found = midnight - timedelta(days=back) + _clock(match)
    return min(found, now) if found <= now + SKEW else found - timedelta(weeks=1)


def _clock_only(match: re.Match[str], now: datetime) -> datetime:
    found = _midnight(now) + _clock(match)
    return min(found, now) if found <= now + SKEW else found - timedelta(days=1)


def _ago(match: re.Match[str], now: datetime) -> datetime:
    return now - sum(map(_span, _SPANS.finditer(match[0])), timedelta())


def _span(match: re.Match[str]) -> timedelta:
    written = match["count"]
    count = float(written) if written[0].isdigit() else _COUNTS.get(written, 3.0)
    return (count + (0.5 if match["half"] else 0)) * _UNITS[match["unit"][0]]


def _midnight(now: datetime) -> datetime:
    return now.astimezone(BEIJING).replace(hour=0, minute=0, second=0, microsecond=0)


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], datetime], datetime]], ...] = (
    (_FULL, _full),
    (_DIGITS, _full),
    (_AGO, _ago),
    (_JUST_NOW, lambda _, now: now),
    (_DAY_WORD, _day_word),
    (_SHORT_YEAR, _full),
    (_AMERICAN, _american),
    (_NO_YEAR, _no_year),
    (_WEEKDAY, _weekday),
    (_CLOCK_ONLY, _clock_only),
)


def _guess(text: str, now: datetime) -> datetime | None:
    """Ask dateparser for the rest; what it would place in the future is no date."""
    if len(text) > 60 or not re.search(r"\d", text) or text.isdigit():
        return None
    import dateparser  # noqa: PLC0415  # slow to load, rarely needed

    found = dateparser.parse(
        text,
        languages=["en", "zh"],
        settings={
            "RELATIVE_BASE": now.astimezone(BEIJING).replace(tzinfo=None),
            "TIMEZONE": "Asia/Shanghai",
            "RETURN_AS_TIMEZONE_AWARE": True,
            "PREFER_DATES_FROM": "past",
            "REQUIRE_PARTS": ["day", "month"],
        },
    )
    if not isinstance(found, datetime) or found > now:
        return None
    return found.astimezone(UTC)
