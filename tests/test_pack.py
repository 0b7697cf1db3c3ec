"""Rule packs: merged key by key, every fault with file and line, chosen by the cycle."""

from pathlib import Path

import pytest
from rows import FAULTLESS, codes, files_of, findings, pack, run, run_checks

from doingoai_cli.checks.kinds.registry import KIND_CLASSES, describe_kinds
from doingoai_cli.checks.messages import faults
from doingoai_cli.checks.pack import choose_pack, load_pack
from doingoai_cli.errors import ConfigError, DoingoaiError
from doingoai_cli.model.findings import Severity
from doingoai_cli.resources import packs_dir

SHIPPED = {"quang-binh-2020": 2020, "da-nang-2025": 2026}
ALL_CODES = (
    [f"CT{n:02}" for n in range(1, 12)]
    + [f"DL{n:02}" for n in range(1, 8)]
    + [f"DR{n:02}" for n in range(1, 17)]
    + [f"DV{n:02}" for n in range(1, 6)]
    + [f"TH{n:02}" for n in range(1, 8)]
    + [f"HN{n:02}" for n in range(1, 12)]
    + [f"TA{n:02}" for n in range(1, 11)]
    + [f"VT{n:02}" for n in range(1, 4)]
    + [f"KT{n:02}" for n in range(1, 5)]
    + [f"TK{n:02}" for n in range(1, 7)]
)


def write(folder: Path, text: str, name: str = "qb.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def problems(folder: Path, text: str) -> list[str]:
    """The faults of a pack as "line: sentence"."""
    path = write(folder, text)
    with pytest.raises(ConfigError) as caught:
        load_pack(str(path))
    return [problem.removeprefix(f"{path}:") for problem in caught.value.problems]


# --- the shipped packs ---------------------------------------------------------------------------------------


def test_the_default_pack_has_every_code_of_the_specification() -> None:
    assert list(pack().rules) == sorted(ALL_CODES)


@pytest.mark.parametrize("pack_id", SHIPPED)
def test_every_rule_has_all_its_words(pack_id: str) -> None:
    for code, rule in pack(pack_id).rules.items():
        for name in ("title", "message", "fix", "citation", "why"):
            assert getattr(rule, name), f"{code} {name}"
        assert rule.examples is not None, code
        assert "{" not in rule.title + rule.why + rule.citation, code


@pytest.mark.parametrize("pack_id", SHIPPED)
def test_shipped_templates_use_what_their_kinds_offer(pack_id: str) -> None:
    for code, rule in pack(pack_id).rules.items():
        offered = None if rule.kind.kind == "observed" else rule.kind.OFFERS
        for text in (rule.message, rule.fix, rule.citation):
            assert faults(text, offered) == [], code


def examples() -> list[tuple[str, str]]:
    return [
        (pack_id, code)
        for pack_id in SHIPPED
        for code, rule in pack(pack_id).rules.items()
        if rule.examples and not isinstance(rule.examples.bad, str)
    ]


@pytest.mark.parametrize(("pack_id", "code"), examples())
def test_the_wrong_example_raises_its_code_alone_and_the_right_one_none(pack_id: str, code: str) -> None:
    shown, cycle = pack(pack_id).rules[code].examples, SHIPPED[pack_id]
    assert shown is not None
    assert not isinstance(shown.bad, str)
    assert not isinstance(shown.good, str)
    wrong = findings(*files_of(shown.bad, cycle), pack_id=pack_id, cycle=cycle)
    right = findings(*files_of(shown.good, cycle), pack_id=pack_id, cycle=cycle)
    assert {f.code for f in wrong} == {code}
    assert right == ()


@pytest.mark.parametrize("pack_id", SHIPPED)
@pytest.mark.parametrize("form", FAULTLESS)
def test_a_faultless_row_has_no_finding(pack_id: str, form: str) -> None:
    assert codes(form, {}, pack_id, SHIPPED[pack_id]) == []


DA_NANG = [
    ({"members": "10", "leader": "Chủ tịch UBND thành phố"}, []),
    ({"members": "11", "leader": "Chủ tịch UBND thành phố Đà Nẵng"}, ["DR07"]),
    ({"members": "7", "leader": "Phó Chủ tịch UBND thành phố"}, []),
    ({"members": "8", "leader": "Phó Chủ tịch UBND thành phố"}, ["DR07"]),
    ({"members": "5", "leader": "Giám đốc Sở Du lịch"}, []),
    ({"members": "6", "leader": "Giám đốc Sở Du lịch"}, ["DR07"]),
    ({"members": "6", "leader": "Chủ tịch UBND phường Hải Châu"}, ["DR07"]),
    ({"members": "8", "leader": "Lãnh đạo thành phố"}, ["DR13"]),
    ({"days": "6"}, ["DR11"]),
]


@pytest.mark.parametrize(("row", "expected"), DA_NANG)
def test_da_nang_has_its_own_limits(row: dict[str, str], expected: list[str]) -> None:
    assert codes("02.A", row, "da-nang-2025", 2026) == expected


def test_in_da_nang_the_city_is_one_office_for_all_files() -> None:
    rows = [
        {
            "form": "02.A",
            "name": f"Đoàn {n}",
            "leader": "Chủ tịch UBND thành phố",
            "agency": f"Sở {n}",
            "period": f"Quý {n}",
        }
        for n in (1, 2, 3)
    ]
    assert [f.code for f in findings(*files_of(rows, 2026), pack_id="da-nang-2025", cycle=2026)] == ["DR05"]


# --- choosing ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cycle", "explicit", "chosen", "noticed"),
    [
        (2020, None, "quang-binh-2020", False),
        (2026, None, "da-nang-2025", False),
        (2031, None, "da-nang-2025", False),
        (2023, None, "quang-binh-2020", True),
        (2020, "da-nang-2025", "da-nang-2025", True),
        (2026, "quang-binh-2020", "quang-binh-2020", True),
        (None, None, "quang-binh-2020", False),
    ],
)
def test_the_cycle_chooses(cycle: int | None, explicit: str | None, chosen: str, noticed: bool) -> None:
    found, notice = choose_pack(cycle, explicit, packs_dir())
    assert found.id == chosen
    assert (notice is not None) == noticed


def test_an_unknown_pack_is_refused_with_the_nearest() -> None:
    with pytest.raises(DoingoaiError, match="có phải “quang-binh-2020”"):
        load_pack("quang-binh-2002")


# --- extending -----------------------------------------------------------------------------------------------


def test_overrides_are_merged_key_by_key(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "id: qb\nextends: quang-binh-2020\nrules:\n"
        '  DR07: {forms: {"01.A": off}, params: {default: 6}}\n  DR09: off\n  DR10: false\n',
    )
    mine, base = load_pack(str(path)), pack()
    rule = mine.rules["DR07"]
    assert rule.kind.default == 6  # type: ignore[attr-defined]
    assert rule.kind.tiers == base.rules["DR07"].kind.tiers  # type: ignore[attr-defined]
    assert (rule.severity_in("02.A"), rule.severity_in("01.A")) == (Severity.ERROR, None)
    assert rule.message == base.rules["DR07"].message
    assert set(base.rules) - set(mine.rules) == {"DR09", "DR10"}
    assert mine.chain == ("qb", "quang-binh-2020")
    assert mine.province == "Quảng Bình"
    assert rule.origins["params.default"] == f"qb ({path}:4)"
    assert rule.origins["params.tiers"].startswith("quang-binh-2020 (")


def test_another_kind_drops_the_old_parameters(tmp_path: Path) -> None:
    path = write(
        tmp_path, "id: qb\nextends: quang-binh-2020\nrules:\n  DR08: {kind: at-least, params: {limit: 2}}\n"
    )
    assert load_pack(str(path)).rules["DR08"].kind.kind == "at-least"


def test_a_pack_can_extend_one_by_path_that_extends_another(tmp_path: Path) -> None:
    write(tmp_path, "id: giua\nextends: quang-binh-2020\nrules: {DR08: {params: {limit: 2}}}\n", "giua.yaml")
    path = write(
        tmp_path, "id: qb\nextends: ./giua.yaml\nprovince: Quảng Trị\nrules: {DR08: {params: {limit: 1}}}\n"
    )
    mine = load_pack(str(path))
    assert mine.chain == ("qb", "giua", "quang-binh-2020")
    assert mine.rules["DR08"].kind.limit == 1  # type: ignore[attr-defined]
    assert mine.province == "Quảng Trị"


def test_a_new_rule_needs_no_python(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        """\
id: qb
extends: quang-binh-2020
rules:
  QB01:
    {kind: forbidden-term, forms: {02.A: error}, field: activities, params: {terms: [casino]},
     message: "Có {{ term }}."}
""",
    )
    (finding,) = run_checks(run(*files_of([{"form": "02.A", "activities": "Thăm Casino"}])), load_pack(str(path)))
    assert (finding.code, finding.message, finding.cell) == ("QB01", "Có casino.", "H8")


def test_names_that_are_there_and_numbers_that_are_read_are_no_fault(tmp_path: Path) -> None:
    text = (
        "id: qb\nextends: quang-binh-2020\nrules:\n"
        '  QB01: {kind: at-most, message: x, field: [members, countries], forms: {"02.A": error},\n'
        "    params: {limit: 9}}\n"
        '  QB02: {kind: sum-equals, message: x, field: foreign_delegates, forms: {"03": error}}\n'
        "  QB03: {kind: whole-number, message: x, field: days, severity: info, params: {min_of: {days: 2}}}\n"
        "  DR12: {params: {of: DR11}}\n  TH07: {params: {plan: {CBDNN: '02.A'}}}\n"
        "  HN02: {params: {sections: [I, II]}}\n"
        "  DR13: off\n"  # which the shipped DR07 goes by where it is there
    )
    assert {"QB01", "QB02", "QB03"} < set(load_pack(str(write(tmp_path, text))).rules)


def test_only_the_id_is_required(tmp_path: Path) -> None:
    assert dict(load_pack(str(write(tmp_path, "id: trong\n"))).rules) == {}


# --- faults --------------------------------------------------------------------------------------------------

HEAD = "id: qb\nextends: quang-binh-2020\nrules:\n"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("title: x\n", 1, "thiếu “id”"),
        ("id: qb\nextend: quang-binh-2020\n", 2, "có phải “extends”"),
        ("id: qb\nextends: quang-bin-2020\n", 2, "có phải “quang-binh-2020”"),
        ("id: qb\nextends: qb\n", 2, "vòng tròn"),
        ("- a\n", 1, "ít nhất có “id”"),
        ("id: qb\nid: qc\n", 2, "lặp lại"),
        ("id: [qb\n", 2, "cú pháp"),
        (HEAD + "  DR7: off\n", 4, "hai chữ cái hoa và hai chữ số"),
        (HEAD + "  DR77: off\n", 4, "không có quy tắc DR77"),
        (HEAD + "  DR07: 5\n", 4, "phải gồm các cặp khóa"),
        (HEAD + "  DR07: {parms: {default: 6}}\n", 4, "có phải “params”"),
        (HEAD + "  DR07:\n    params:\n      defualt: 6\n", 6, "có phải “default”"),
        (HEAD + "  DR07:\n    params:\n      default: sáu\n", 6, "phải là số nguyên"),
        (HEAD + "  DR07: {kind: member-limits}\n", 4, "có phải “member-limit”"),
        (HEAD + "  DR07: {forms: {03: error}}\n", 4, "dấu nháy"),
        (HEAD + '  DR07: {forms: {"02.C": error}}\n', 4, "không có mẫu “02.C”"),
        (HEAD + '  DR07: {forms: {"02.A": grave}}\n', 4, "mức độ"),
        (HEAD + "  DR08: {field: contries}\n", 4, "có phải “countries”"),
        (HEAD + "  DR07: {message: 'Có {{ members'}\n", 4, "Jinja"),
        (HEAD + "  DR07: {message: 'Có {{ member }}'}\n", 4, "biến “member” không có"),
        (HEAD + "  QB01: {kind: required, message: x, field: name}\n", 4, "thiếu “forms”"),
        (HEAD + '  QB01: {message: x, forms: {"02.A": error}}\n', 4, "thiếu “kind”"),
        (HEAD + '  QB01: {kind: required, forms: {"02.A": error}}\n', 4, "thiếu “message”"),
        (HEAD + '  QB01: {kind: at-most, message: x, severity: info, params: {limit: 1}}\n', 4, "cần “field”"),
        (HEAD + '  DR08: {kind: pattern, field: name, params: {regex: "("}}\n', 4, "chính quy"),
        (
            HEAD + '  QB01: {kind: at-most, message: x, field: name, params: {limit: 1}, severity: info}\n', 4,
            "không xét được trường “name”; các trường xét được: ",
        ),
        (
            HEAD + '  QB01: {kind: whole-number, message: x, field: [days, period], forms: {"02.A": error}}\n', 4,
            "không xét được trường “period”",
        ),
        (
            HEAD + '  QB01: {kind: sum-equals, message: x, field: members, forms: {"02.A": error},\n'
            "    params: {parts: [days, nguoi]}}\n", 5, "“parts”: không có trường “nguoi”",
        ),
        (HEAD + "  DR12:\n    params:\n      of: DR99\n", 6, "“of”: không có quy tắc “DR99”; có phải “DR09”?"),
        (HEAD + '  DR16: {params: {history: "01.Z"}}\n', 4, "“history”: không có mẫu “01.Z”"),
        (HEAD + '  TH07:\n    params:\n      plan: {"01.A": "02.Z"}\n', 6, "“plan”: không có mẫu “02.Z”"),
        (HEAD + '  DL01:\n    params: {except: {"02.A": [parners]}}\n', 5, "có phải “partners”?"),
        (HEAD + '  DL01:\n    params: {except: {"02.Z": [partners]}}\n', 5, "“except”: không có mẫu “02.Z”"),
        (HEAD + '  DL05: {params: {general_in: ["01.A", "01.Z"]}}\n', 4, "“general_in”: không có mẫu “01.Z”"),
        (HEAD + "  DR07: {params: {general_of: DR133}}\n", 4, "“general_of”: không có quy tắc “DR133”"),
        (HEAD + "  HN02: {params: {sections: [IV]}}\n", 4, "“sections”: không có mục “IV”; có phải “I”?"),
        (HEAD + "  DR07: {params: {sections: [I]}, kind: required, message: x, fix: y}\n", 4, "không có mục “I”"),
        (HEAD + "  DR08:\n    kind: required\n    fix: y\n", 5, "(“message” của loại cũ; ghi “message” cho loại"),
        (
            HEAD + "  DR09: {params: {areas: [[Eastern Asia], [Northern Amerika]]}}\n", 4,
            "không có tiểu vùng “Northern Amerika”; có phải “Northern America”?",
        ),
        ("id: qb\ncycles: {from: 2030, too: 2031}\n", 2, "too"),
        ("id: qb\ncycles: {from: 2030, to: 2029}\n", 2, "sau năm cuối"),
        (
            HEAD + '  QB01: {kind: required, message: x, field: partners, forms: {"02.B": error}}\n',
            4,
            "không có trường “partners”",
        ),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    found = problems(tmp_path, text)
    assert len({problem.partition(":")[0] for problem in found}) == 1, found
    assert found[0].startswith(f"{line}: ")
    assert says in found[0]


def test_all_faults_are_listed_at_once(tmp_path: Path) -> None:
    found = problems(
        tmp_path, HEAD + "  DR07: {params: {default: x}}\n  DR08: {field: contries}\n  DR11: {kind: stay}\n"
    )
    assert [problem.split(":")[0] for problem in found] == ["4", "5", "6"]


def test_an_unknown_key_of_the_head_hides_no_fault_of_a_rule(tmp_path: Path) -> None:
    text = f"cicles: {{from: 2020}}\n{HEAD}  DR07: {{params: {{default: x}}}}\n"
    assert [problem.split(":")[0] for problem in problems(tmp_path, text)] == ["1", "5"]


def test_a_wrong_code_hides_no_other_fault(tmp_path: Path) -> None:
    found = problems(tmp_path, HEAD + "  DR07: {params: {default: x}}\n  QB1: {kind: pattern}\n  DR99: off\n")
    assert [problem.split(":")[0] for problem in found] == ["4", "5", "6"]


def test_a_fault_in_an_inherited_file_names_that_file(tmp_path: Path) -> None:
    base = write(
        tmp_path, "id: giua\nextends: quang-binh-2020\nrules: {DR08: {params: {limits: 2}}}\n", "giua.yaml"
    )
    with pytest.raises(ConfigError) as caught:
        load_pack(str(write(tmp_path, "id: qb\nextends: giua\nrules: {DR08: {title: Số nước}}\n")))
    assert caught.value.problems[0].startswith(f"{base}:3: ")


# --- kinds ---------------------------------------------------------------------------------------------------


def test_every_kind_and_parameter_is_described() -> None:
    described = {kind.name: kind for kind in describe_kinds()}
    assert list(described) == sorted(KIND_CLASSES)
    for name, cls in KIND_CLASSES.items():
        assert described[name].about
        assert all(parameter.description for parameter in described[name].parameters), name
        assert set(described[name].variables) == set(cls.OFFERS), name
