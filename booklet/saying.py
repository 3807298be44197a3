"""How numbers are said aloud: clock times and stretches of them, ranges, how many times, in the booklet's own words."""

import re
from collections.abc import Mapping

TIMES = re.compile(r"(?<![\d:])(?:(\d+):(\d\d)(?:–(\d+):(\d\d))?|(\d+)–(\d+)|(\d+)×)(?!\d|:\d)")
"""What isn't read aloud as it is meant: clock times and stretches of them, ranges of numbers, how many times."""
APART = " · "  # between facts that stand in a row


def word(own: Mapping[str, str], key: str, /, **values: object) -> str:
    """One of the booklet's own words; where the `count` is 1, that for one, if there is such a word."""
    one = f"{key}-one" if str(values.get("count")) == "1" else ""
    return own.get(one, own[key]).format_map(values)


def spoken(own: Mapping[str, str], words: str) -> str:
    """The words as they are said aloud, with times and ranges in full; empty where that is what they say already."""
    if not TIMES.search(words) and APART not in words:
        return ""

    def said(match: re.Match[str]) -> str:
        minutes, seconds, to_minutes, to_seconds, first, last, times = match.groups()
        if times:
            return word(own, "say-times", count=times)
        if first:
            return word(own, "say-range", start=first, stop=last)
        start = duration(own, int(minutes) * 60 + int(seconds))
        if not to_minutes:
            return start or own["say-zero"]
        stop = duration(own, int(to_minutes) * 60 + int(to_seconds))
        return word(own, "say-time", start=start, stop=stop) if start else word(own, "say-time-start", stop=stop)

    return TIMES.sub(said, words.replace(APART, own["tell-comma"]))


def duration(own: Mapping[str, str], seconds: int) -> str:
    """A time on the clock in words: "6 minutes 15 seconds"; nothing for the start."""
    minutes, rest = divmod(seconds, 60)
    parts = ((minutes, "minute"), (rest, "second"))
    said = [word(own, f"say-{unit}{'s' * (count != 1)}", count=count) for count, unit in parts if count]
    return word(own, "say-minutes-seconds", minutes=said[0], seconds=said[1]) if len(said) > 1 else "".join(said)
