"""Where the clause or sentence around a spot begins and ends."""


def begin(text: str, position: int, marks: str, reach: int) -> int:
    """Behind the last of these marks before `position`, at most `reach` characters away."""
    low = max(0, position - reach)
    return max([low, *[text.rfind(mark, low, position) + 1 for mark in marks]])


def end(text: str, position: int, marks: str, reach: int) -> int:
    """At the first of these marks from `position` on, at most `reach` characters away."""
    high = min(len(text), position + reach)
    return min([at for mark in marks if (at := text.find(mark, position, high)) >= 0], default=high)
