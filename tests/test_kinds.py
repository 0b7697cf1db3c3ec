"""The kinds that a pack's author uses for new rules: each with rows that pass and rows that fail."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from rows import files_of, run, run_checks

from doingoai_cli.checks.pack import load_pack

Row = Mapping[str, str]


def found(tmp_path: Path, rule: Mapping[str, Any], *rows: Row) -> list[tuple[str | None, str]]:
    """(field, message) of each finding of a pack of one rule."""
    path = tmp_path / "mot.yaml"
    path.write_text(yaml.safe_dump({"id": "mot", "rules": {"QB01": rule}}, allow_unicode=True), encoding="utf-8")
    files = files_of([{"form": "02.A", **row} for row in rows])
    return [(f.field, f.message) for f in run_checks(run(*files), load_pack(str(path)))]


CASES: list[tuple[Mapping[str, Any], list[Row], list[Row]]] = [
    (
        {"kind": "required", "field": "partners", "message": "x"},
        [{"partners": "Sở Y tế"}, {"partners": "A"}, {"name": ""}],
        [{"partners": ""}, {"partners": "-"}, {"partners": " … "}],
    ),
    (
        {"kind": "whole-number", "field": "days", "message": "x", "params": {"min": 2}},
        [{"days": "2"}, {"days": "05 ngày"}, {"days": ""}],
        [{"days": "1"}, {"days": "vài ngày"}, {"days": "2,5"}],
    ),
    (
        {"kind": "at-most", "field": "members", "message": "x", "params": {"limit": 6}},
        [{"members": "6"}, {"members": "vài"}, {"members": ""}],
        [{"members": "7"}, {"members": "07 người"}, {"members": "một trăm"}],
    ),
    (
        {"kind": "at-least", "field": "days", "message": "x", "params": {"limit": 3}},
        [{"days": "3"}, {"days": "10"}, {"days": ""}],
        [{"days": "2"}, {"days": "01 ngày"}, {"days": "hai"}],
    ),
    (
        {"kind": "at-most", "field": "countries", "message": "x", "params": {"limit": 1}},
        [{"countries": "Lào"}, {"countries": "ASEAN"}, {"countries": "Lào; Lào"}],
        [{"countries": "Lào, Thái Lan"}, {"countries": "Thụy Sĩ và Áo"}, {"countries": "Đức/Pháp"}],
    ),
    (
        {"kind": "one-of", "field": "nature", "message": "x", "params": {"values": ["Đoàn đối ngoại", "Đào tạo"]}},
        [{"nature": "ĐOÀN ĐỐI NGOẠI"}, {"nature": "đào tạo."}, {"nature": ""}],
        [{"nature": "Đoàn"}, {"nature": "Khác"}, {"nature": "Đào tạo, bồi dưỡng"}],
    ),
    (
        {"kind": "forbidden-term", "field": "activities", "message": "x", "params": {"terms": ["casino", "bạc"]}},
        [{"activities": "Hội đàm"}, {"activities": "Không vào casino"}, {"activities": "Casinova"}],
        [{"activities": "Thăm Casino"}, {"activities": "tham quan, CASINO"}, {"activities": "Chơi bạc"}],
    ),
    (
        {"kind": "required-term", "field": "partners", "message": "x", "params": {"terms": ["chính quyền", "sở"]}},
        [{"partners": "Chính quyền tỉnh"}, {"partners": "SỞ Y TẾ"}, {"partners": ""}],
        [{"partners": "Công ty A"}, {"partners": "Bệnh viện"}, {"partners": "sởi"}],
    ),
    (
        {"kind": "pattern", "field": "name", "message": "x", "params": {"regex": "đoàn .+"}},
        [{"name": "Đoàn A"}, {"name": "ĐOÀN B"}, {"name": ""}],
        [{"name": "Nhóm A"}, {"name": "Đoàn"}, {"name": "Một đoàn A"}],
    ),
    (
        {"kind": "pattern", "field": "name", "message": "x", "params": {"regex": "bí mật", "match": False}},
        [{"name": "Đoàn A"}, {"name": "bí  thư"}, {"name": ""}],
        [{"name": "Đoàn bí mật"}, {"name": "Bí mật"}, {"name": "Rất BÍ MẬT"}],
    ),
    (
        {"kind": "sum-equals", "field": "members", "message": "x", "params": {"parts": ["days"]}},
        [{"members": "5", "days": "5"}, {"members": "vài", "days": "5"}, {"members": "5", "days": ""}],
        [{"members": "5", "days": "4"}, {"members": "04", "days": "5"}, {"members": "sáu", "days": "5"}],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "row"), [(rule, row) for rule, passing, _ in CASES for row in passing])
def test_rows_that_pass(tmp_path: Path, rule: Mapping[str, Any], row: Row) -> None:
    assert found(tmp_path, {**rule, "forms": {"02.A": "error"}}, row) == []


@pytest.mark.parametrize(("rule", "row"), [(rule, row) for rule, _, failing in CASES for row in failing])
def test_rows_that_fail(tmp_path: Path, rule: Mapping[str, Any], row: Row) -> None:
    assert found(tmp_path, {**rule, "forms": {"02.A": "error"}}, row) == [(rule["field"], "x")]


def test_unique_names_the_first_row(tmp_path: Path) -> None:
    rule = {
        "kind": "unique",
        "field": "partners",
        "forms": {"02.A": "error"},
        "message": "như dòng {{ first_row }}",
    }
    same = [{"partners": "Sở A"}, {"partners": "SỞ A"}, {"partners": "Sở B"}, {"partners": ""}, {"partners": ""}]
    assert found(tmp_path, rule, *same) == [("partners", "như dòng 8")]


def test_a_message_may_use_what_the_kind_offers_and_the_common_names(tmp_path: Path) -> None:
    rule = {
        "kind": "at-most", "field": "members", "forms": {"02.A": "error"}, "params": {"limit": 3},
        "message": "{{ code }} {{ form }} {{ agency }} {{ ordinal }} {{ label }} {{ value }}: > {{ limit }}",
    }  # fmt: skip
    assert found(tmp_path, rule, {"members": "05 người"}) == [
        ("members", "QB01 02.A Sở Y tế 1 Số thành viên 05 người: > 3")
    ]
