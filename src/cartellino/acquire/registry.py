"""The ways in, by name."""

from __future__ import annotations

from cartellino.registry import Registry

SOURCES = Registry(
    "source",
    {
        "table": "cartellino.acquire.table:TableSource",
        "folder": "cartellino.acquire.folder:FolderSource",
        "records": "cartellino.acquire.metrecords:RecordsSource",
        "met": "cartellino.acquire.met:MetSource",
        "met-csv": "cartellino.acquire.metcsv:MetCsvSource",
        "aic": "cartellino.acquire.aic:AicSource",
        "iiif": "cartellino.acquire.iiif.source:IiifSource",
        "best-artworks": "cartellino.acquire.bestartworks:BestArtworksSource",
        "imet": "cartellino.acquire.imet:IMetSource",
        "huggingface": "cartellino.acquire.huggingface:HuggingFaceSource",
        "gallery": "cartellino.acquire.painted:GallerySource",
    },
    group="cartellino.sources",
)
