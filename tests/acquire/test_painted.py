"""The gallery that Cartellino paints itself, as a source."""

from __future__ import annotations

from cartellino.acquire.painted import GallerySource

from .builders import works


def test_a_gallery_is_painted_once_and_read_like_a_table(tmp_path):
    source = GallerySource(tmp_path / "gallery", seed=3, works=8)
    assert (source.name, source.kind) == ("gallery", "gallery")
    found = works(source)
    assert len({work.id for work in found}) == 8
    assert sum(bool(work.pictures) for work in found) >= 6
    table = tmp_path / "gallery" / "works.csv"
    painted = table.stat().st_mtime_ns
    assert works(GallerySource(tmp_path / "gallery", seed=3, works=8)) == found
    assert table.stat().st_mtime_ns == painted
    assert works(GallerySource(tmp_path / "gallery", seed=4, works=8)) != found
