"""Kinds over single values, for new rules as well as the pack's own: required, numbers, words, patterns."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from doingoai_cli.checks.kind import (
    FieldKind,
    FieldName,
    FieldValue,
    FormCode,
    Hit,
    Layout,
    RowFacts,
    RuleCode,
    SectionId,
    in_sections,
)
from doingoai_cli.vietnamese.agreement_terms import AgreementState, Validity
from doingoai_cli.vietnamese.levels import Level
from doingoai_cli.vietnamese.terms import Terms
from doingoai_cli.vietnamese.text import first_word, key, words


class Required(FieldKind):
    """A cell must not be blank; without a field, every required column of the layout (ô bắt buộc).

    `placeholders`: words that state nothing where they are all that a cell says ("Chưa có", "x"); without any,
    those of rule `of`. `openings`: words after which a cell only says what is not there yet ("Chưa …", "Đang …"),
    with `fillers` only where it has no other words than these.
    """

    kind: Literal["required"]
    ABOUT = "Ô phải có nội dung. Không nêu `field` thì xét mọi cột bắt buộc của biểu mẫu."
    PARAMS = {
        "except": "trường không xét, theo mẫu: đã có quy tắc khác nói",
        "placeholders": "cách ghi cho có, coi như để trống khi cả ô chỉ ghi vậy (Chưa có, x, n/a)",
        "openings": "từ mở đầu ô cho biết chưa có gì để ghi, coi như để trống (Chưa …, Đang …, Sẽ …)",
        "fillers": "các chữ sau từ mở đầu; còn chữ khác thì không phải để trống (không nêu: chữ nào cũng được)",
        "of": "mã quy tắc cùng loại, để dùng chung các cách ghi đó",
        "sections": "chỉ xét các mục này của biểu (trống: mọi mục)",
    }
    placeholders: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()
    fillers: tuple[str, ...] = ()
    of: RuleCode = ""
    exempt: Annotated[Mapping[FormCode, tuple[FieldName, ...]], Field(alias="except")] = field(
        default_factory=dict
    )
    sections: tuple[SectionId, ...] = ()

    BLANKS = True

    @property
    def of_blanks_alone(self) -> bool:
        """Without words that state nothing."""
        return not (self.placeholders or self.openings or self.of)

    def judged(self, fields: tuple[str, ...], layout: Layout) -> Sequence[str]:
        """The fields of the rule, or the required ones of the layout, without the exempt ones."""
        exempt = self.exempt.get(layout.form, ())
        return [name for name in fields or layout.required if name not in exempt]

    def fault(self, cell: FieldValue, row: RowFacts) -> Hit | None:
        """A hit where the cell is blank or says nothing."""
        other = None if self.placeholders else row.kinds.get(self.of)
        words_of = other if isinstance(other, Required) else self
        nothing = cell.blank or words_of._is_placeholder(cell.text)
        return Hit(cell.field) if nothing and in_sections(row, self.sections) else None

    @cached_property  # once a rule
    def _openings(self) -> frozenset[str]:
        return frozenset(map(key, self.openings))

    @cached_property  # once a rule: saves 0.6 s
    def _placeholders(self) -> tuple[int, frozenset[str], bool]:
        """How long a cell with one is at most, brackets and dots around it; the placeholders; has one a figure."""
        longest = 2 * max(map(len, self.placeholders), default=0)
        # Marks alone ask, and say nothing.
        said = frozenset(key(said) or "?" for said in self.placeholders)
        return longest, said, any(map(str.isdigit, "".join(said)))

    def _is_placeholder(self, text: str) -> bool:
        """Whether a cell holds a placeholder alone, or opens with what is not there yet."""
        longest, said, figures = self._placeholders
        if len(text) <= longest and (figures or not text[0].isdigit()):
            if (key(text) or "?") in said:
                return True
            parts = _REMARK.split(text)  # "Chưa có (sẽ bổ sung)"
            if len(parts) > 1 and all(key(part) in said for part in parts if part.strip()):
                return True
        if not self.openings or first_word(text) not in self._openings:
            return False
        return not self.fillers or self._all_openings_and_fillers.issuperset(words(text))

    @cached_property  # once a rule
    def _all_openings_and_fillers(self) -> frozenset[str]:
        return self._openings.union(map(key, self.fillers))


_REMARK = re.compile(r"[();,\n]")


class Understood(FieldKind):
    """A cell with words of its own kind (a level, a state, a term) must be understood; blank is not judged."""

    kind: Literal["understood"]
    ABOUT = (
        "Ô ghi cấp, tình trạng hoặc thời hạn phải đọc được (cấp tỉnh, còn hiệu lực, 05 năm …). Ô trống không xét."
    )
    NEEDS_FIELD = True

    def fault(self, cell: FieldValue, row: RowFacts) -> Hit | None:
        """As `FieldKind`."""
        return Hit(cell.field) if _is_unread(cell.value) else None


def _is_unread(value: object) -> bool:
    if isinstance(value, Level):
        return value.level is None
    if isinstance(value, AgreementState):
        return value.state is None
    return isinstance(value, Validity) and value.unread


class OneOf(FieldKind):
    """A cell must hold one of the values, in comparing form."""

    kind: Literal["one-of"]
    ABOUT = "Ô phải ghi đúng một trong các giá trị (không phân biệt chữ hoa, kiểu đặt dấu, dấu câu)."
    PARAMS = {"values": "các giá trị được phép"}
    OFFERS = {"allowed": "các giá trị được phép"}
    values: Annotated[tuple[str, ...], Field(min_length=1)]
    NEEDS_FIELD = True

    def fault(self, cell: FieldValue, row: RowFacts) -> Hit | None:
        """As `FieldKind`."""
        known = key(cell.text) in map(key, self.values)
        return None if known else Hit(cell.field, {"allowed": ", ".join(self.values)})


class ForbiddenTerm(FieldKind):
    """A cell must not state any of the terms; a denied one ("không sử dụng vốn vay") does not count."""

    kind: Literal["forbidden-term"]
    ABOUT = 'Ô không được nêu các từ này. Từ bị phủ định ngay trước ("không sử dụng vốn vay") không tính.'
    PARAMS = {"terms": "các từ, cụm từ, so theo từ nguyên vẹn"}
    OFFERS = {"term": "từ tìm thấy"}
    terms: Annotated[Terms, Field(min_length=1)]
    NEEDS_FIELD = True

    def fault(self, cell: FieldValue, row: RowFacts) -> Hit | None:
        """As `FieldKind`."""
        term = self.terms.asserted(cell.text)
        return Hit(cell.field, {"term": term}) if term else None


class RequiredTerm(FieldKind):
    """A cell must hold at least one of the terms; blank cells are not judged."""

    kind: Literal["required-term"]
    ABOUT = "Ô phải nêu ít nhất một trong các từ này. Ô trống không xét."
    PARAMS = {"terms": "các từ, cụm từ, so theo từ nguyên vẹn"}
    OFFERS = {"terms": "các từ cần có"}
    terms: Annotated[Terms, Field(min_length=1)]
    NEEDS_FIELD = True

    def fault(self, cell: FieldValue, row: RowFacts) -> Hit | None:
        """As `FieldKind`."""
        return None if self.terms.first(cell.text) else Hit(cell.field, {"terms": ", ".join(self.terms)})


def _compiles(pattern: object) -> object:
    if isinstance(pattern, str):
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"biểu thức chính quy sai ({error})") from error
    return pattern


class Pattern(FieldKind):
    """The whole cell must match a regular expression, or no part of it may."""

    kind: Literal["pattern"]
    ABOUT = "Cả ô phải khớp (hoặc, với `match: false`, không chỗ nào được khớp) một biểu thức chính quy."
    PARAMS = {
        "regex": "biểu thức chính quy, không phân biệt chữ hoa",
        "match": "true: cả ô phải khớp; false: không chỗ nào được khớp",
    }
    OFFERS = {"regex": "biểu thức chính quy"}
    regex: Annotated[str, BeforeValidator(_compiles)]
    match: bool = True
    NEEDS_FIELD = True

    def fault(self, cell: FieldValue, row: RowFacts) -> Hit | None:
        """As `FieldKind`."""
        look = re.fullmatch if self.match else re.search
        found = look(self.regex, cell.text, re.IGNORECASE)
        return None if (found is not None) == self.match else Hit(cell.field, {"regex": self.regex})
