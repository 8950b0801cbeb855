from __future__ import annotations

import base64
import io

from PIL import Image

from cartellino.collection import Collection
from cartellino.curate.looking.network import seen
from cartellino.curate.looking.sample import Sample
from features.tiny import Tiny


def test_originals_stand_beside_the_squares_a_backbone_gets(museum: Collection, sample: Sample) -> None:
    pairs = seen(museum.catalogue, sample, museum.pictures, Tiny())
    assert 3 <= len(pairs) <= 8
    assert len({each.original.work_id for each in pairs}) == len(pairs)
    for each in pairs:
        with Image.open(io.BytesIO(base64.b64decode(each.square.partition(",")[2]))) as square:
            assert square.width == square.height
            colour = square.resize((1, 1)).getpixel((0, 0))
        assert isinstance(colour, tuple)
        light = int(each.original.work_id[1:]) % 2 == 0
        assert (colour[0] > 128) == light
