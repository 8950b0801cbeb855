"""The ways in, by name."""

from __future__ import annotations

from cartellino.registry import Registry

SOURCES = Registry(
    "source",
    {
        "table": "cartellino.acquire.tables.table:TableSource",
        "folder": "cartellino.acquire.folder:FolderSource",
        "records": "cartellino.acquire.metrecords:RecordsSource",
        "met": "cartellino.acquire.museums.met:MetSource",
        "met-csv": "cartellino.acquire.museums.metcsv:MetCsvSource",
        "aic": "cartellino.acquire.museums.aic:AicSource",
        "iiif": "cartellino.acquire.museums.iiif.source:IiifSource",
        "best-artworks": "cartellino.acquire.datasets.bestartworks:BestArtworksSource",
        "imet": "cartellino.acquire.datasets.imet:IMetSource",
        "huggingface": "cartellino.acquire.datasets.huggingface:HuggingFaceSource",
        "gallery": "cartellino.acquire.painted:GallerySource",
    },
    group="cartellino.sources",
)
