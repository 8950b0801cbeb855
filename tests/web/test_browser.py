"""The desk as a person meets it, in Chromium without a screen."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.keys import Keys

from cartellino import collection
from cartellino.records import Decision, DecisionKind

from . import museum
from .browser import Screen, chromium, installed, served
from .test_suspecting import history, suspect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not installed(), reason="the desk is not driven: chromium and chromedriver are not installed"
    ),
]
Sit = Callable[..., Screen]


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    with chromium(tmp_path_factory.mktemp("chromium")) as opened:
        yield opened


@pytest.fixture
def sit(folder: Path, driver: Chrome) -> Iterator[Sit]:
    """Sit down at the desk of `folder`; whoever gets up leaves a console without complaints."""
    with ExitStack() as stack:
        seated: list[Screen] = []

        def down(page: str = "/desk/culture", at: Path = folder) -> Screen:
            driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
            seated.append(Screen(driver, stack.enter_context(served(at))))
            return seated[-1].open(page)

        yield down
        said = [complaint for screen in seated for complaint in screen.complaints()]
        driver.get("about:blank")  # a page that outlives its desk would complain in the next test
        assert said == []


def journalled(folder: Path, work: str) -> list[Decision]:
    with collection.open(folder) as opened:
        return opened.catalogue.journal.history(opened.catalogue.works.key(work))


def test_a_key_accepts_and_the_next_work_hangs_already(folder: Path, sit: Sit) -> None:
    museum.learn(folder)
    screen = sit().work("Bowl with lotus")
    assert screen.text("#progress") == "Work 1 of 8"
    assert screen.texts("#choices .value") == ["Chinese", "Japanese", "Korean"]
    assert screen.text("#choices li.first .note") == "suggested"
    fetched = "return performance.getEntriesByType('resource').map((each) => each.name)"
    works = [each for each in screen.run(fetched) if "/api/works/" in each]
    assert len(works) == 3  # this one and the next two
    screen.press("a").work("<script>")
    assert screen.text("#said") == "Signed as Chinese."
    assert screen.text("#progress") == "Work 2 of 8 · 1 signed by you today"
    (made,) = journalled(folder, "b/1")
    assert (made.labels, made.by, made.reason) == (
        ("Chinese",),
        "Ada",
        "The first suggestion (perhaps, 62 %) was accepted.",
    )
    assert json.loads(made.seen)["milliseconds"] > 250


def test_a_hostile_title_is_only_a_title(folder: Path, sit: Sit) -> None:
    museum.learn(folder)
    screen = sit("/desk/culture?work=b2").work("<script>")
    assert screen.text("#label .title") == museum.HOSTILE
    assert screen.run("return document.querySelectorAll('#label script, #label img').length") == 0


def test_a_number_signs_another_suggestion(folder: Path, sit: Sit) -> None:
    museum.learn(folder)
    sit().work("Bowl").press("2").work("<script>")
    (made,) = journalled(folder, "b/1")
    assert (made.labels, made.reason) == (("Japanese",), "Suggestion 2 (could be, 24 %) was chosen.")


def test_any_value_is_found_by_a_few_letters_without_its_accents(folder: Path, sit: Sit) -> None:
    museum.learn(folder)
    screen = sit().work("Bowl").press("/", Keys.ENTER)  # nothing typed, nothing meant
    assert journalled(folder, "b/1") == []
    screen.press("isl").wait("#found li[aria-selected=true]", "Íslensk")
    assert screen.texts("#found li") == ["Íslensk"]
    screen.press(Keys.ENTER).work("<script>")
    (made,) = journalled(folder, "b/1")
    assert (made.labels, made.reason) == (
        ("Íslensk",),
        "Chosen at the desk; it was not among the suggestions.",
    )


def test_letters_typed_into_the_field_sign_nothing(folder: Path, sit: Sit) -> None:
    museum.learn(folder)
    screen = sit().work("Bowl").press("/", *"asnu1zzz").wait("#found", "No such value")
    screen.press(Keys.ENTER, Keys.ESCAPE)
    assert screen.text("#label .title") == "Bowl with lotus"
    assert journalled(folder, "b/1") == []


def test_skip_and_undo(folder: Path, sit: Sit) -> None:
    museum.learn(folder)
    screen = sit().work("Bowl").press("s").work("<script>").press("n").work("Handscroll")
    assert screen.text("#progress") == "Work 3 of 8 · 1 put off · 1 signed by you today"
    screen.press("u").work("<script>").press("u").work("Bowl")
    assert screen.text("#progress") == "Work 1 of 8"
    assert [each.kind for each in journalled(folder, "b/1")] == [DecisionKind.SKIPPED, DecisionKind.WITHDRAWN]
    assert [each.labels for each in journalled(folder, "b2")] == [(), ()]
    screen.press("u").wait("#said", "There is nothing to undo.")


def test_a_key_pressed_twice_signs_one_work(folder: Path, sit: Sit) -> None:
    museum.learn(folder)
    screen = sit().work("Bowl")
    press = "document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true }));"
    again = f"new MutationObserver(() => setTimeout(() => {{ {press} window.pressed = true; }}))"
    screen.run(f"{again}.observe(document.getElementById('label'), {{ childList: true }}); {press * 3}")
    screen.work("<script>")
    assert screen.run("return window.pressed")  # as soon as the next work was there
    assert len(journalled(folder, "b/1")) == 1
    assert journalled(folder, "b2") == []


def test_a_work_of_several_pictures_shows_them_all(folder: Path, sit: Sit) -> None:
    museum.learn(folder)
    screen = sit("/desk/culture?work=b4").work("Views of a jar")
    assert len(screen.texts("#views li")) == 3
    first = screen.run("return document.querySelector('#stage img').src")
    screen.press(Keys.ARROW_RIGHT).wait("#caption", "View 2 of 3")
    assert screen.run("return document.querySelector('#stage img').src") != first
    screen.press(Keys.ARROW_LEFT, Keys.ARROW_LEFT).wait("#caption", "View 3 of 3")


def test_a_picture_is_seen_closely_and_moved(folder: Path, sit: Sit) -> None:
    museum.learn(folder)
    screen = sit().work("Bowl")
    moved = "return document.querySelector('#stage img').style.transform"
    near = screen.press("z").run(moved)
    assert "scale(" in near
    assert screen.press(Keys.ARROW_RIGHT).run(moved) != near
    assert screen.press(Keys.ESCAPE).run(moved) == ""
    assert "scale(" in screen.click("#stage img").run(moved)


@pytest.mark.parametrize(("work", "shape"), [("b3", (900, 60)), ("b8", (60, 600))])
def test_a_scroll_hangs_beside_a_detail_of_itself(
    folder: Path, sit: Sit, work: str, shape: tuple[int, int]
) -> None:
    museum.learn(folder)
    screen = sit(f"/desk/culture?work={work}").wait("#caption", "1 : 20")
    whole, detail, stage = screen.run(
        "return ['#stage img', '#stage .detail', '#stage']"
        ".map((each) => document.querySelector(each).getBoundingClientRect())"
    )
    assert whole["width"] == pytest.approx(shape[0], rel=0.5)
    assert detail["width"] * detail["height"] > 2 * whole["width"] * whole["height"]
    for each in (whole, detail):
        assert stage["left"] <= each["left"] < each["right"] <= stage["right"]
        assert stage["top"] <= each["top"] < each["bottom"] <= stage["bottom"]


def test_a_miniature_is_not_blown_up(folder: Path, sit: Sit) -> None:
    museum.learn(folder)
    screen = sit("/desk/culture?work=b7").wait("#caption", "60 × 50 pixels")
    assert screen.run("return document.querySelector('#stage img').style.width") == "180px"


def test_several_labels_are_chosen_and_signed_together(folder: Path, sit: Sit) -> None:
    said = (("Trees", 0.8), ("Men", 0.7), ("Boats", 0.2))
    museum.learn(folder, "subjects", kind="multi", suggested=said, sensitive=["Men"])
    screen = sit("/desk/subjects").work("Bowl")
    assert screen.text("#accept span") == "Sign Trees"  # a sensitive label is never chosen beforehand
    assert "Never filed by rule: a person decides." in screen.text("#choices li:nth-child(2)")
    screen.press("1", "2", "3").wait("#accept", "Sign Men, Boats")
    screen.press("/", "Tre", Keys.ENTER).wait("#accept", "Sign Men, Boats, Trees")
    screen.press("a").work("<script>")
    (made,) = journalled(folder, "b/1")
    assert made.labels == ("Men", "Boats", "Trees")


def test_a_calibration_round_shows_no_suggestions_and_no_evidence(folder: Path, sit: Sit) -> None:
    museum.feature(folder)
    museum.learn(folder, blind=True)
    screen = sit().work("Bowl").wait("#blind", "without suggestions")
    assert screen.texts("#choices .value") == ["Chinese", "Dutch", "Japanese", "Korean", "Íslensk"]
    assert screen.text("#choices .hedge") == screen.text("#evidence") == screen.text("#accept") == ""
    screen.press("a").wait("#said", "Nothing is suggested here")
    screen.press("2").work("<script>")
    (made,) = journalled(folder, "b/1")
    assert (made.labels, json.loads(made.seen)["blind"]) == (("Dutch",), True)
    for title in ("Handscroll", "Views", "Without a title", "A view of", "Miniature", "Hanging"):
        screen.press("1").work(title)
    screen.press("1").wait("#state", "The calibration round is signed: a promise can be measured on it.")


def test_the_evidence_says_how_far_it_agrees(folder: Path, sit: Sit) -> None:
    museum.feature(folder)
    museum.learn(folder)
    screen = sit().work("Bowl").wait("#agreement", "3 of 8 are catalogued as Chinese")
    assert screen.texts("#neighbours .agrees .value") == ["Chinese"] * 3
    screen.press("a").work("<script>")
    (made,) = journalled(folder, "b/1")
    assert len(json.loads(made.seen)["neighbours"]) == 8


def test_a_work_signed_in_another_window_is_said_so(folder: Path, sit: Sit) -> None:
    museum.learn(folder)
    screen = sit().work("Bowl")
    with collection.open(folder) as opened:
        works, labels, journal = opened.catalogue.works, opened.catalogue.labels, opened.catalogue.journal
        signed = Decision(
            works.key("b/1"), labels.find("culture").id, DecisionKind.SIGNED, ("Dutch",), "There.", by="Grace"
        )
        journal.decide(signed)
    screen.press("a").wait("#trouble", "Already signed as 'Dutch' by Grace, in another window.")
    screen.press(Keys.ENTER).work("<script>")
    assert len(journalled(folder, "b/1")) == 1
    assert [each for each in screen.complaints() if "409" not in each] == []


def test_what_could_not_be_put_on_record_waits_until_it_can(folder: Path, sit: Sit) -> None:
    museum.learn(folder)
    screen = sit().work("Bowl")
    screen.run("window.kept = window.fetch; window.fetch = () => Promise.reject(new TypeError('gone'))")
    screen.press("a").wait("#trouble", "The desk does not answer.")
    assert "‘Chinese’ is not on record yet." in screen.text("#trouble")
    screen.press("a", "2")  # nothing else can be decided meanwhile
    assert journalled(folder, "b/1") == []
    screen.run("window.fetch = window.kept")
    screen.press(Keys.ENTER).work("<script>")
    assert [each.labels for each in journalled(folder, "b/1")] == [("Chinese",)]


def test_a_desk_that_was_started_anew_is_signed_at_from_the_same_page(folder: Path, sit: Sit) -> None:
    museum.learn(folder)
    screen = sit().work("Bowl")
    screen.driver.execute_cdp_cmd("Network.clearBrowserCookies", {})  # what a restart does to a session
    screen.press("a").work("<script>")
    assert len(journalled(folder, "b/1")) == 1
    assert [each for each in screen.complaints() if "403" not in each] == []


def test_the_whole_queue_is_signed_without_a_mouse(folder: Path, sit: Sit) -> None:
    museum.learn(folder)
    screen = sit()
    for title in (
        "Bowl",
        "<script>",
        "Handscroll",
        "Views",
        "Without a title",
        "A view of",
        "Miniature",
        "Hanging",
    ):
        screen.work(title).press("a")
    screen.wait("#state", "Every work of this queue is signed.")
    assert "cartellino export table" in screen.text("#state")
    screen.press("u").work("Hanging scroll")
    assert screen.text("#progress") == "Work 8 of 8 · 7 signed by you today"


def test_every_control_is_reached_by_tab_and_its_focus_is_seen(folder: Path, sit: Sit) -> None:
    museum.learn(folder)
    screen = sit().work("Bowl")
    seen = []
    for _ in range(24):
        screen.press(Keys.TAB)
        seen.append(
            screen.run(
                "const at = document.activeElement, style = getComputedStyle(at);"
                "const seen = style.outlineStyle !== 'none' && style.outlineWidth !== '0px';"
                "return [at === document.body ? 'BODY' : at.id || at.className || at.tagName, seen]"
            )
        )
    names = [name for name, _ in seen]
    for name in ("show-keys", "stage", "choice", "find", "accept", "none", "skip"):
        assert name in names
    assert [name for name, visible in seen if not visible and name != "BODY"] == []
    screen.run("document.getElementById('skip').focus()")
    screen.press(Keys.ENTER).work("<script>")  # Enter on a button is that button
    assert journalled(folder, "b/1")[0].kind is DecisionKind.SKIPPED


def test_all_keys_are_shown_on_asking(folder: Path, sit: Sit) -> None:
    museum.learn(folder)
    screen = sit().work("Bowl").press("?").wait("dialog", "Decisions are signed as Ada")
    screen.press("a")
    assert journalled(folder, "b/1") == []
    screen.press(Keys.ESCAPE).press("a").work("<script>")


def test_what_nobody_triaged_says_what_to_do(folder: Path, sit: Sit) -> None:
    museum.learn(folder, triaged=False)
    sit().wait("#state", "cartellino triage culture --max-error 5%")


def test_nothing_sticks_out_at_any_width(folder: Path, sit: Sit) -> None:
    museum.learn(folder)
    screen = sit("/works")
    wide = (
        "return [...document.querySelectorAll('header, .rail, .rail *, #evidence')]"
        ".filter((each) => each.getBoundingClientRect().right > innerWidth + 1)"
        ".map((each) => each.className || each.tagName)"
    )
    try:
        for width in (1440, 1024, 768):
            screen.resize(width, 768)
            for work in ("b%2F1", "b3", "b6", "b8"):
                screen.open(f"/desk/culture?work={work}").work("")
                assert screen.run(wide) == []
                assert screen.run("return document.documentElement.scrollWidth") == width
    finally:
        screen.resize(1440, 900)


def test_suspects_are_judged_by_keys_one_after_another(folder: Path, sit: Sit) -> None:
    museum.learn(folder)
    suspect(folder)
    screen = sit("/suspects/culture").wait(".label .title", "Catalogued 0")
    assert screen.text(".given") == "Chinese"
    assert screen.texts("#labels .value") == ["Japanese"]
    screen.press("s").wait(".label .title", "Catalogued 1")  # skipped: nothing is on record
    screen.press("1").wait(".label .title", "Catalogued 2")
    assert screen.text("#said") == "Signed as Korean."
    screen.press("p").wait(".label .title", "Catalogued 0")
    assert screen.text("#said") == "The picture is left out from now on."
    screen.press("a").wait(".state", "All that looked wrong was judged.")
    assert [history(folder, work)[0].labels for work in ("c0", "c1")] == [("Chinese",), ("Korean",)]
    assert history(folder, "c2") == []


def test_a_verdict_is_undone_and_any_value_is_found_by_its_name(folder: Path, sit: Sit) -> None:
    museum.learn(folder)
    suspect(folder)
    screen = sit("/suspects/culture").wait(".label .title", "Catalogued 0").press("p")
    screen.wait(".label .title", "Catalogued 1").press("u").wait(".label .title", "Catalogued 0")
    assert screen.text("#said") == "Taken back."
    screen.press("/", *"Klingon", Keys.ENTER).wait("#trouble", "‘Klingon’ is no value of this label set.")
    screen.press(*[Keys.BACKSPACE] * 7, *"dutch", Keys.ENTER).wait(".label .title", "Catalogued 1")
    assert history(folder, "c0")[0].labels == ("Dutch",)
    screen.press("u").wait(".label .title", "Catalogued 0")
    assert [each.kind for each in history(folder, "c0")] == [DecisionKind.SIGNED, DecisionKind.WITHDRAWN]
