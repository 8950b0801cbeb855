"""The ways in, by name."""

from __future__ import annotations

from cartellino.registry import Registry

SOURCES = Registry(
    "source",
    {
        "table": "cartellino.acquire.table:TableSource",
        "folder": "cartellino.acquire.folder:FolderSource",
        "records": "cartellino.acquire.metrecords:RecordsSource",
        "gallery": "cartellino.acquire.painted:GallerySource",
    },
    group="cartellino.sources",
)
