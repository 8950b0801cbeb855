from __future__ import annotations

import base64
import io
from dataclasses import replace

from PIL import Image

from cartellino.collection import Collection
from cartellino.curate.labelset import LabelSet
from cartellino.curate.looking.sample import Sample
from cartellino.curate.looking.sheets import sheets
from cartellino.curate.looking.thumbs import inline, thumbnail


def test_a_sheet_hangs_works_of_its_class_with_their_labels(
    museum: Collection, rooms: LabelSet, sample: Sample
) -> None:
    place = rooms.classes.index("Arms")
    hung = sheets(museum.catalogue, sample, museum.pictures, [place])[place]
    assert len(hung) == 12
    assert all(int(each.work_id[1:]) % 2 == 0 for each in hung)
    assert all(each.label.title == f"Work {each.work_id[1:]}" for each in hung)
    assert all(each.label.artist.startswith("Maker") for each in hung)
    assert len({each.work_id for each in hung}) == 12


def test_pictures_of_many_classes_are_fewer_and_smaller(museum: Collection, sample: Sample) -> None:
    many = sheets(museum.catalogue, sample, museum.pictures, [0] * 7 + [1] * 7)
    assert all(len(hung) == 6 for hung in many.values())


def test_thumbnails_are_small_jpegs_in_the_page(museum: Collection, sample: Sample) -> None:
    small = thumbnail(sample.views[0], museum.pictures, 40)
    assert small is not None
    assert max(small.size) == 40
    head, _, data = inline(small).partition(",")
    assert head == "data:image/jpeg;base64"
    with Image.open(io.BytesIO(base64.b64decode(data))) as image:
        assert (image.format, image.size) == ("JPEG", small.size)


def test_a_picture_that_is_gone_is_not_hung(museum: Collection, sample: Sample) -> None:
    view = sample.views[0]
    lost = view._replace(picture=replace(view.picture, file=f"00/{'0' * 62}.jpg"))
    assert thumbnail(lost, museum.pictures, 40) is None
