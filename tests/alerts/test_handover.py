"""Shifts of the shipped roster: operators a and b by day, c and d by night, one week a leader."""

from datetime import timedelta
from pathlib import Path

import pytest

from alerts import handover
from alerts.errors import NotAllowed
from alerts.roster import Roster
from services.folder.roster import load_roster
from tests.builders import at

ROSTER = load_roster(Path("deploy/roster.example.yaml"))
EVENING = at(8)
"""20:00 in Beijing, when the night shift begins."""
GONE = handover.watch(ROSTER, "duty_operator", at()).people[0]
COMES = handover.watch(ROSTER, "duty_operator", EVENING).people[0]


def note(now=EVENING, text="等消防回电"):
    return handover.written("duty_operator", GONE, text, (), now)


def test_the_shift_at_a_moment_has_its_people_and_hours():
    noon, night = (handover.watch(ROSTER, "duty_operator", moment) for moment in (at(), EVENING))
    assert (noon.start, noon.end) == (at(-4), EVENING)
    assert (night.start, night.end) == (EVENING, at(20))
    assert noon.people != night.people
    assert handover.watch(ROSTER, "head", at()) is None


@pytest.mark.parametrize("text", ["", "  \n"])
def test_nobody_hands_over_without_a_note(text):
    with pytest.raises(NotAllowed, match="无未办事项"):
        note(text=text)


def test_nobody_takes_over_without_a_note():
    with pytest.raises(NotAllowed, match="不能接班"):
        handover.taken(None, ROSTER, "duty_operator", COMES, EVENING)


def test_the_one_who_goes_cannot_take_over_from_himself():
    with pytest.raises(NotAllowed, match="本人"):
        handover.taken(note(), ROSTER, "duty_operator", GONE, EVENING)


@pytest.mark.parametrize("early", [timedelta(0), timedelta(minutes=59)])
def test_who_is_on_the_roster_takes_over_up_to_an_hour_early(early):
    done = handover.taken(note(), ROSTER, "duty_operator", COMES, EVENING - early)
    assert (done.incoming, done.taken_at, done.note) == (COMES, EVENING - early, "等消防回电")


def test_who_is_not_on_the_roster_is_told_who_is():
    with pytest.raises(NotAllowed, match=r"是值班员.*登记替班"):
        handover.taken(note(), ROSTER, "duty_operator", "leader_a", EVENING)


def test_a_shift_that_nobody_has_taken_over_is_missing_until_somebody_does():
    later = EVENING + timedelta(minutes=20)
    assert "尚未交接班" in handover.missing(ROSTER, "duty_operator", None, later)
    written = handover.missing(ROSTER, "duty_operator", note(), later)
    assert "写好交接事项，尚未接班" in written
    assert "尚未交接班" not in written
    done = handover.taken(note(), ROSTER, "duty_operator", COMES, later)
    assert handover.missing(ROSTER, "duty_operator", done, later) == ""
    assert "尚未交接班" in handover.missing(ROSTER, "duty_operator", done, at(20, 1))


def test_roles_that_do_not_change_hands_miss_nothing():
    assert handover.missing(ROSTER, "head", None, EVENING) == ""
    alone = Roster.model_validate(
        {
            "people": [{"id": "a", "name": "甲"}],
            "roles": [{"id": "duty", "name": "值班"}],
            "shifts": [{"role": "duty", "people": ["a"], "start": "08:00", "end": "08:00"}],
        }
    )
    assert handover.missing(alone, "duty", None, at()) == ""
