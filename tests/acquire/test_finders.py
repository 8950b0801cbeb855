"""How a row's pictures are found."""

from __future__ import annotations

from cartellino.acquire.finders import ByCell, ByNumber
from cartellino.acquire.images import Images
from cartellino.acquire.source import Remarks

from .builders import touch


def test_a_cell_may_name_several_files_and_bad_names_are_remarked_on(tmp_path):
    images, remarks = Images(touch(tmp_path, "a.jpg", "b.jpg")), Remarks()
    found = ByCell(images, "|", remarks)(7, "12", "", "a.jpg| b.jpg|../c.jpg|")
    assert found == (images.address("a.jpg"), images.address("b.jpg"))
    assert [(remark.line, remark.work_id) for remark in remarks] == [(7, "12")]
    assert "outside" in next(iter(remarks)).text


def test_other_signs_between_names_are_seen_if_all_names_are_in_the_folder(tmp_path):
    images = Images(touch(tmp_path, "a.jpg", "b.jpg", "a, b.jpg"))
    found = ByCell(images, "|", Remarks())
    assert found(1, "12", "", "a.jpg; b.jpg") == (images.address("a.jpg"), images.address("b.jpg"))
    assert found(1, "12", "", "a, b.jpg") == (images.address("a, b.jpg"),)
    assert found(1, "12", "", "a.jpg;c.jpg") == (images.address("a.jpg;c.jpg"),)


def test_without_a_separator_a_cell_is_one_name(tmp_path):
    images = Images(touch(tmp_path, "a;b.jpg"))
    assert ByCell(images, "", Remarks())(1, "12", "", "a;b.jpg") == (images.address("a;b.jpg"),)
    assert ByCell(images, "|", Remarks())(1, "12", "", None) == ()


def test_numbers_are_asked_for_only_where_views_could_be_works(tmp_path):
    asked = []

    def numbers():
        asked.append(True)
        return ["12", "12-3"]

    plain = ByNumber(Images(touch(tmp_path / "plain", "12.jpg", "13.jpg")), Remarks())
    plain.prepare(numbers)
    assert asked == []
    views = Images(touch(tmp_path / "views", "12.jpg", "12-3.jpg"))
    finder = ByNumber(views, Remarks())
    finder.prepare(numbers)
    assert finder(1, "12", "", None) == (views.address("12.jpg"),)


def test_a_file_with_zeros_in_front_is_taken_with_a_remark(tmp_path):
    images, remarks = Images(touch(tmp_path, "0012.jpg")), Remarks()
    assert ByNumber(images, remarks)(3, "12", "", None) == (images.address("0012.jpg"),)
    assert "lost the zeros" in next(iter(remarks)).text
