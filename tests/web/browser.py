"""Debian's Chromium without a screen, and a desk for it to open."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium.webdriver import ActionChains, Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from cartellino import settings
from cartellino.web.app import create_app
from cartellino.web.serve import Server

FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--hide-scrollbars", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage",
)  # fmt: skip
PATIENCE = 30


def installed() -> tuple[str, str] | None:
    """Where Chromium and its driver are, or None."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    return (chromium, driver) if chromium and driver else None


@contextmanager
def chromium(profile: Path, width: int = 1440, height: int = 900, *, night: bool = False) -> Iterator[Chrome]:
    """A browser with a profile of its own."""
    found = installed()
    assert found
    options = ChromeOptions()
    options.binary_location = found[0]
    for flag in (*FLAGS, f"--user-data-dir={profile}", f"--window-size={width},{height}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = Chrome(options=options, service=Service(found[1]))
    try:
        Screen(driver, "").resize(width, height)
        shade = [{"name": "prefers-color-scheme", "value": "dark" if night else "light"}]
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": shade})
        yield driver
    finally:
        driver.quit()


@contextmanager
def served(folder: Path, signer: str = "Ada") -> Iterator[str]:
    """The desk of a collection at an address, without a stroke at its end."""
    server = Server(create_app(folder, settings.load(folder / settings.FILE), signer=signer), port=0)
    ready = threading.Event()
    running = threading.Thread(target=server.serve_until_stopped, args=(lambda _: ready.set(),))
    running.start()
    try:
        assert ready.wait(PATIENCE)
        yield server.address.rstrip("/")
    finally:
        server.stop()
        running.join(PATIENCE)


class Screen:
    """What a person sees and presses."""

    def __init__(self, driver: Chrome, address: str) -> None:
        self.driver, self.address = driver, address

    def open(self, page: str) -> Screen:
        self.driver.get(self.address + page)
        return self

    def text(self, selector: str) -> str:
        """What an element says, or '' if there is none to be seen."""
        return next(iter(self.texts(selector)), "")

    def texts(self, selector: str) -> list[str]:
        """What the elements that can be seen say."""
        # asked in one go: between two questions the page may have gone on
        seen = (
            "return [...document.querySelectorAll(arguments[0])]"
            ".filter((each) => each.checkVisibility()).map((each) => each.innerText.trim())"
        )
        told: list[str] = self.driver.execute_script(seen, selector)
        return told

    def press(self, *keys: str) -> Screen:
        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()
        return self

    def click(self, selector: str) -> Screen:
        self.driver.find_element(By.CSS_SELECTOR, selector).click()
        return self

    def resize(self, width: int, height: int) -> Screen:
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        return self

    def run(self, script: str) -> Any:
        return self.driver.execute_script(script)

    def wait(self, selector: str, text: str = "") -> Screen:
        """Wait until an element is seen that holds `text`."""
        said = f"never saw '{text}' in {selector}; the page says: {self.text('body')[:600]}"
        WebDriverWait(self.driver, PATIENCE, 0.05).until(lambda _: text in self.text(selector) != "", said)
        return self

    def work(self, title: str) -> Screen:
        """Wait until a work is shown and may be decided on."""
        self.wait("#label .title", title)
        waited = "return document.getElementById('main').ariaBusy === 'false'"
        WebDriverWait(self.driver, PATIENCE, 0.05).until(lambda driver: driver.execute_script(waited))
        self.run(
            "return new Promise((after) => setTimeout(after, 300))"
        )  # a work is decided on once it was seen
        return self

    def complaints(self) -> list[str]:
        """What the console says: errors of scripts, and what the policy stopped."""
        return [str(entry["message"]) for entry in self.driver.get_log("browser")]
