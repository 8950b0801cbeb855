"""Pictures over the web: kept or refused with the reason, by threads and by processes alike, once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from PIL import Image

from acquire.web import Shop
from cartellino.acquire.fetch.fetcher import Fetcher
from cartellino.acquire.remote.downloads import Again, fetch_wanted
from cartellino.catalogue import Catalogue
from cartellino.pictures.keeping import KeptSummary
from cartellino.pictures.store import PictureStore
from cartellino.progress import Silent
from cartellino.records import Column, Work
from cartellino.settings import FetchSettings, PictureSettings
from pictures.corpus import saved

pytestmark = pytest.mark.slow
COUNT = 24
HTML, GONE = 3, 5


@pytest.fixture
def gallery() -> Iterator[Shop]:
    shop = Shop(COUNT)
    shop.pages = {f"/{n}": saved(Image.new("RGB", (40, 30), (9 * n, 80, 99))) for n in range(COUNT)}
    shop.pages[f"/{HTML}"] = b"<!doctype html>"
    shop.gone = {f"/{GONE}"}
    Thread(target=shop.serve_forever, daemon=True).start()
    yield shop
    shop.shutdown()
    shop.server_close()


@pytest.fixture
def catalogue(tmp_path: Path, gallery: Shop) -> Iterator[Catalogue]:
    columns = (Column("ID", "id", "id"), Column("File", "file", "picture"))
    with Catalogue.open(tmp_path / "catalogue.sqlite", create=True) as opened:
        source = opened.works.source("works", "table", "works.csv", columns, {})
        addresses = [f"{gallery.address}/{n}" for n in range(COUNT)]
        rows = [Work(str(n), n + 2, (str(n), each), pictures=(each,)) for n, each in enumerate(addresses)]
        opened.works.write(source, rows, progress=Silent())
        yield opened


def fetched(catalogue: Catalogue, gallery: Shop, folder: Path, again: Again | None = None) -> KeptSummary:
    host = gallery.address.removeprefix("http://")
    store = PictureStore(folder / "pictures", PictureSettings())
    with Fetcher(FetchSettings(allow=(host,), ignore_robots=(host,))) as fetcher:
        return fetch_wanted(catalogue, store, fetcher, Silent(), 2, again)


@pytest.mark.parametrize("many", [10, 1_000])
def test_what_can_be_had_is_had_and_the_rest_has_its_reason(
    catalogue: Catalogue, gallery: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr("cartellino.pictures.keeping.MANY", many)
    summary = fetched(catalogue, gallery, tmp_path)
    assert (summary.kept, summary.quarantined, summary.waiting) == (COUNT - 2, 2, 0)
    reasons = {each.work_id: each.reason for each in catalogue.pictures.quarantined()}
    assert set(reasons) == {str(HTML), str(GONE)}
    assert reasons[str(HTML)] == "this is HTML, not a picture"
    store = PictureStore(tmp_path / "pictures", PictureSettings())
    for number in set(range(COUNT)) - {HTML, GONE}:
        (picture,) = catalogue.pictures.of(catalogue.works.key(str(number)))
        assert store.path(picture).read_bytes() == gallery.pages[f"/{number}"]
    ledger = catalogue.fetches.known([f"{gallery.address}/{number}" for number in range(COUNT)])
    assert ledger[f"{gallery.address}/0"].bytes == len(gallery.pages["/0"])
    assert ledger[f"{gallery.address}/{GONE}"].status == "gone"
    asked = gallery.asked.total()
    assert fetched(catalogue, gallery, tmp_path) == KeptSummary()
    assert gallery.asked.total() == asked


def test_asked_again_only_what_changed_comes(catalogue: Catalogue, gallery: Shop, tmp_path: Path) -> None:
    fetched(catalogue, gallery, tmp_path)
    gallery.pages["/7"] = saved(Image.new("RGB", (50, 50), "red"))
    gallery.gone.add("/8")
    summary = fetched(catalogue, gallery, tmp_path, Again(kept=True))
    assert (summary.kept, summary.unchanged) == (1, COUNT - 4)
    (picture,) = catalogue.pictures.of(catalogue.works.key("7"))
    assert (picture.width, picture.height) == (50, 50)
    assert catalogue.pictures.counts()["kept"] == COUNT - 2, "what is gone takes nothing back"
