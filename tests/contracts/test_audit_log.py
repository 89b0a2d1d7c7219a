"""What every AuditLog must do."""

from tests.builders import at


def append(work, number):
    return work.audit.append(at=at(number), actor="甲", action="view", target=f"alert/{number}", note="查看")


def test_lines_are_chained_and_come_newest_first(record):
    with record.unit_of_work() as work:
        lines = [append(work, number) for number in range(5)]
        work.commit()
    with record.view() as view:
        assert view.audit.entries() == lines[::-1]
        assert [e.seq for e in view.audit.entries(limit=2, before=4)] == [3, 2]
        assert view.audit.verify() is None
    assert [e.previous for e in lines[1:]] == [e.hash for e in lines[:-1]]


def test_a_line_is_rolled_back_with_what_it_tells_of(record):
    with record.unit_of_work() as work:
        append(work, 1)
    with record.unit_of_work() as work:
        assert append(work, 2).seq == 1
        work.commit()
        assert work.audit.verify() is None


def test_an_empty_log_is_whole(work):
    assert work.audit.verify() is None
