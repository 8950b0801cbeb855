"""Progress for machines."""

from __future__ import annotations

import io
import json

from cartellino.show.events import Events


def test_each_task_begins_and_ends_with_an_event_that_says_how_far_it_came() -> None:
    stream = io.StringIO()
    events = Events(stream)
    events.start("Fetching", 3, "pictures")
    events.advance(2)
    events.note("2 a second allowed")
    events.start("Next")
    events.finish()
    told = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [(each["event"], each["task"], each["done"]) for each in told] == [
        ("start", "Fetching", 0),
        ("finish", "Fetching", 2),
        ("start", "Next", 0),
        ("finish", "Next", 0),
    ]
    assert (told[1]["total"], told[1]["unit"], told[1]["note"]) == (3, "pictures", "2 a second allowed")
