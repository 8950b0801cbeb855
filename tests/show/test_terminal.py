"""What a person, a pipe and a colour-blind terminal get to see."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest

from cartellino.show import terminal
from cartellino.show.terminal import Bar


class Tty(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def printed(capsys: pytest.CaptureFixture[str], headers: list[str], *rows: list[object]) -> list[str]:
    terminal.table(headers, rows)
    return capsys.readouterr().out.splitlines()


def test_a_table_is_aligned_without_boxes(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, ["field", "works"], ["culture", 2282], ["department", 7])
    assert lines == ["field        works", "culture      2,282", "department       7"]


def test_a_piped_table_is_never_cut_or_folded(capsys: pytest.CaptureFixture[str]) -> None:
    title = "A title of a work " * 30
    (_, line) = printed(capsys, ["title", "n"], [title, 1])
    assert " ".join(title.split()) in line


def test_blank_cells_and_an_empty_table_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, ["a", "b"]) == ["a   b"]
    assert printed(capsys, ["a", "b"], [None, True], ["x", False]) == ["a   b", "    yes", "x   no"]


def test_shares_and_spans_stand_to_the_right(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, ["figure", "value"], ["x", "92.0 %"], ["y", "–"], ["z", "7.0–11.5 %"])
    assert lines[1:] == ["x            92.0 %", "y                 –", "z        7.0–11.5 %"]


def test_titles_are_not_obeyed(capsys: pytest.CaptureFixture[str]) -> None:
    out = "\n".join(printed(capsys, ["title"], ["[red]Nude[/red] :smile: \x1b[31mDescending\x07"]))
    assert "[red]Nude[/red] :smile:" in out
    assert "\x1b" not in out
    assert "\x07" not in out


def test_piped_output_has_no_escape_codes() -> None:
    told = (
        "from cartellino.show import terminal as t; t.table(['a'], [['b']]); t.story('Once.'); "
        "t.error('w', 'x', 'y'); b = t.Bar(); b.start('Reading', 3, 'picture'); b.advance(3); b.finish()"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, check=True)
    assert b"\x1b" not in done.stdout + done.stderr
    assert b"\r" not in done.stderr.replace(b"\r\n", b"\n")
    assert b"Reading: 3 pictures in" in done.stderr


def test_a_terminal_gets_colour_unless_told_not_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[1;31m" in said_on_a_terminal(monkeypatch)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "31m" not in said_on_a_terminal(monkeypatch)


def said_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> str:
    stream = Tty()
    monkeypatch.setattr(sys, "stderr", stream)
    terminal.error("the table has no rows", "works.csv", "Export it again.")
    return stream.getvalue()


def test_an_error_has_three_parts(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.error("the table has no rows", "works.csv", "Export it again.")
    seen = capsys.readouterr()
    assert seen.err.splitlines() == [
        "Error  the table has no rows",
        "where  works.csv",
        "to do  Export it again.",
    ]
    assert seen.out == ""


def test_an_error_leaves_out_what_it_does_not_know(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.error("nothing is there")
    assert capsys.readouterr().err == "Error  nothing is there\n"


def test_a_story_keeps_its_paragraphs(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.story("One\nstill one.\n\nTwo.")
    assert capsys.readouterr().out == "One still one.\nTwo.\n"


def test_rich_is_not_loaded_before_it_is_needed() -> None:
    told = "import sys, cartellino.show.terminal; print([m for m in sys.modules if 'rich' in m])"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def on_a_terminal(total: int | None, *steps: int, wait: float = 0.2) -> list[str]:
    """The lines that a bar draws, with a clock that ticks `wait` seconds at each step."""
    from cartellino.show import progress

    now = [0.0]
    stream = Tty()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(progress.time, "monotonic", lambda: now[0])
        bar = Bar(stream)
        bar.start("Reading", total, "picture")
        for step in steps:
            now[0] += wait
            bar.advance(step)
        bar.finish()
    return stream.getvalue().split("\r")


def test_a_bar_tells_count_rate_and_time_left() -> None:
    lines = on_a_terminal(100, 10, 10)
    assert "20 of 100 pictures  50 a second  2 s left" in lines[3]
    assert lines[-1] == "Reading: 20 of 100 pictures in 1 s\n"


def test_a_bar_without_a_total_counts() -> None:
    assert "20 pictures  50 a second" in on_a_terminal(None, 10, 10)[3]


def test_a_bar_keeps_to_one_line() -> None:
    lines = on_a_terminal(10**9, *[10**7] * 5)
    assert all(len(line) <= 79 for line in lines[:-1])


def test_a_long_task_keeps_to_one_line() -> None:
    stream = Tty()
    bar = Bar(stream)
    bar.start("Reading the pictures of a very long folder name " * 4, 10, "picture")
    assert len(stream.getvalue().split("\r")[-1]) <= 79


def test_a_bar_is_not_redrawn_more_often_than_one_reads() -> None:
    assert len(on_a_terminal(1000, *[1] * 100, wait=0.001)) < 6


def test_a_slow_bar_counts_by_the_minute() -> None:
    assert "2.0 a minute" in on_a_terminal(9, 1, wait=30.0)[2]


def test_an_interrupted_task_leaves_an_empty_line() -> None:
    stream = Tty()

    def interrupted() -> None:
        with Bar(stream) as bar:
            bar.start("Reading", 10, "picture")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert stream.getvalue().endswith("\r")
    assert stream.getvalue().split("\r")[-2].strip() == ""


def test_another_task_finishes_the_one_before() -> None:
    stream = io.StringIO()
    with Bar(stream) as bar:
        bar.start("Reading", 2, "pictures")
        bar.advance(2)
        bar.start("Writing")
    assert stream.getvalue() == "Reading: 2 pictures in 1 s\nWriting: done in 1 s\n"


def test_an_ascii_terminal_gets_an_ascii_bar() -> None:
    class Ascii(Tty):
        encoding = "ascii"

    stream = Ascii()
    bar = Bar(stream)
    bar.start("Reading", 4, "picture")
    bar.finish()
    stream.getvalue().encode("ascii")
