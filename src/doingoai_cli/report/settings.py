"""What a province's documents carry besides figures and text: names, symbol, signature, recipients."""

import re
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import field_validator, model_validator

from doingoai_cli.vietnamese.tables import names
from doingoai_cli.vietnamese.text import key
from doingoai_cli.yamlfile import FrozenModel

_AUTHORITIES = ("TM.", "Q.", "KT.", "TL.", "TUQ.")
_COMMITTEE = re.compile(r"(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd)\s+", re.IGNORECASE)
_RANK = re.compile(
    r"(?P<rank>tỉnh|thành phố|tp\.?|huyện|thị xã|tx\.?|quận|xã|phường|thị trấn|đặc khu)(?:\s+|$)", re.IGNORECASE
)
_RANKS = {"tp": "thành phố", "tx": "thị xã"}
_PARTY = {"tỉnh": "Tỉnh ủy", "thành phố": "Thành ủy", "huyện": "Huyện ủy", "thị xã": "Thị ủy", "quận": "Quận ủy"}
"""The Party's committee of a locality, by its rank; of the others Đảng ủy."""
_DEPARTMENT = re.compile(r"sở\s+", re.IGNORECASE)
_UNDER_THE_PROVINCE = re.compile(r"(?:sở|ban quản lý|ban dân tộc|thanh tra|trung tâm|trường)\s+", re.IGNORECASE)
"""Bodies whose superior is the people's committee of the province."""
_INITIALS = {"ngoại vụ": "NgV"}
"""Those that are not the words' first letters: Nội vụ has these."""
_LANDMARKS = {"Quảng Bình": "Di sản thiên nhiên thế giới Vườn Quốc gia Phong Nha - Kẻ Bàng"}
_NAMED_IN_FULL = "Hồ Chí Minh"
"""What is named after a person goes with its rank wherever it stands (Decree 30/2020, Annexes I and II)."""
_OF_A_PROVINCE = (
    "Thường trực Tỉnh ủy", "Thường trực HĐND tỉnh", "Chủ tịch, các PCT UBND tỉnh", "Sở Ngoại vụ",
)  # fmt: skip


class ReportSettings(FrozenModel):
    """The letterhead and the signature of a document; the defaults are those of the reports of seed 000."""

    province: str = "Quảng Bình"
    """Without its rank."""
    province_kind: Literal["tỉnh", "thành phố"] = "tỉnh"
    """Not stated: "thành phố" for a city under the central government."""
    parent_body: str = ""
    """Cơ quan chủ quản trực tiếp; not stated: the province's committee for its Sở, none for a committee."""
    agency: str = ""
    """Cơ quan ban hành; "": the province's people's committee."""
    place: str = ""
    """Địa danh; "": the locality whose committee issues the document, else the province."""
    symbol: str = "BC-UBND"
    """Ký hiệu; of a Sở that states none: "BC-" and its initials."""
    drafting_unit: str = "NgV"
    """Stands after "Lưu: VT" in the list of recipients."""
    authority: tuple[str, ...] | None = None
    """Quyền hạn, one line each: "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"; None: on behalf of the committee."""
    signer_title: str = "CHỦ TỊCH"
    """Of a Sở that states none: GIÁM ĐỐC."""
    signer_name: str = ""
    """Blank: the place for it stays free."""
    addressees: tuple[str, ...] = ()
    """Kính gửi; for reports that go up to a superior body."""
    recipients: tuple[str, ...] = _OF_A_PROVINCE
    """Nơi nhận, without the last line; not stated: by whose document it is."""
    landmark: str | None = None
    """The sight that outlines name (danh thắng); None: that of the default province, none elsewhere."""
    contact: str = "Sở Ngoại vụ"
    """Where agencies send their forms and texts."""

    @model_validator(mode="before")
    @classmethod
    def _completed(cls, stated: Any) -> Any:
        """What is not stated follows from the province and from the issuing agency."""
        if not isinstance(stated, Mapping):
            return stated
        province, agency = (
            value if isinstance(value := stated.get(name, cls.model_fields[name].default), str) else ""
            for name in ("province", "agency")
        )
        rank, name = _ranked(province)
        kind = stated.get("province_kind") or rank or _kind_of(name)
        return {**cls._implied(agency, str(kind), name), **stated, "province_kind": kind, "province": name}

    @classmethod
    def _implied(cls, agency: str, kind: str, province: str) -> Mapping[str, Any]:
        """The defaults that depend on who issues the document."""
        implied: dict[str, Any] = {}
        if _UNDER_THE_PROVINCE.match(agency):
            implied["parent_body"] = _committee(kind, province)
        if _DEPARTMENT.match(agency):
            implied |= {"symbol": f"BC-S{_initials(agency)}", "signer_title": "GIÁM ĐỐC"}
        place = _COMMITTEE.sub("", agency).strip() if _COMMITTEE.match(agency) else ""
        lower = bool(place) and _ranked(place) not in (("tỉnh", ""), (kind, ""), (kind, province))
        if lower or _DEPARTMENT.match(agency):
            above = (f"UBND {kind}", "Sở Ngoại vụ")
            implied["recipients"] = tuple(name for name in above if key(name) != key(agency))
        elif kind != "tỉnh":
            implied["recipients"] = tuple(
                name.replace("Tỉnh ủy", _PARTY["thành phố"]).replace("tỉnh", kind) for name in _OF_A_PROVINCE
            )
        return implied

    @field_validator("authority")
    @classmethod
    def _of_the_decree(cls, authority: tuple[str, ...] | None) -> tuple[str, ...] | None:
        """The authority is one of those that the decree has."""
        wrong = [line for line in authority or () if not line.upper().startswith(_AUTHORITIES)]
        if wrong:
            raise ValueError(f"quyền hạn ký phải bắt đầu bằng {', '.join(_AUTHORITIES)} (đang là {wrong[0]!r})")
        return authority

    def symbol_of(self, abbreviation: str) -> str:
        """The symbol of a document by its kind (BC, KH, TTr): the report's own with another beginning."""
        return re.sub(r"^BC(?=-)", abbreviation, self.symbol)

    @property
    def full_province(self) -> str:
        """ "tỉnh Quảng Bình"."""
        return _full(self.province_kind, self.province)

    @property
    def party_committee(self) -> str:
        """The Party's committee of the locality: "Tỉnh ủy", "Thành ủy", "Huyện ủy"."""
        return _PARTY.get(self.area, f"Đảng ủy {self.area}")

    @property
    def issuer(self) -> str:
        """The issuing agency in full, as the letterhead and running text name it."""
        if self._is_committee or not self.agency:
            return f"Ủy ban nhân dân {self.locality}"
        return self.agency

    @property
    def _is_committee(self) -> bool:
        return _COMMITTEE.match(self.agency.strip()) is not None

    @property
    def locality(self) -> str:
        """Whose committee issues the document: "tỉnh Quảng Bình", "thành phố Bắc Giang"."""
        if not self._is_committee:
            return self.full_province
        name = _COMMITTEE.sub("", self.agency.strip())
        rank, rest = _ranked(name)
        written = name[: len(name) - len(rest)].strip()
        return f"{written if written.lower() == rank else rank} {rest}".strip()

    @property
    def area(self) -> str:
        """The kind of that locality: "tỉnh", "thành phố", "huyện"."""
        return _ranked(self.locality)[0] or self.province_kind

    @property
    def sight(self) -> str:
        """The sight that outlines name; "" where there is none."""
        if self.landmark is not None:
            return self.landmark
        return _LANDMARKS.get(self.province, "")

    @property
    def signed_place(self) -> str:
        """The place before the date: the name of the locality without its rank, but for a number or a person."""
        name = _ranked(self.locality)[1] or self.province
        in_full = name == _NAMED_IN_FULL or name.isdigit()
        return self.place or (self.locality[:1].upper() + self.locality[1:] if in_full else name)

    @property
    def authority_lines(self) -> tuple[str, ...]:
        """Quyền hạn and chức vụ, as they stand above the signature."""
        if self.authority is None:
            lines: tuple[str, ...] = () if self.agency and not self._is_committee else ("TM. ỦY BAN NHÂN DÂN",)
        else:
            lines = self.authority
        return tuple(line.upper() for line in (*lines, self.signer_title) if line)


class LetterSettings(ReportSettings):
    """The same for letters (công văn): the Department signs them, below the province's people's committee."""

    agency: str = "Sở Ngoại vụ"
    symbol: str = "SNgV-VP"
    drafting_unit: str = "VP"
    signer_title: str = "GIÁM ĐỐC"
    addressees: tuple[str, ...] = ("{agency}",)
    """Kính gửi; "{agency}" stands for the agency that the letter goes to."""
    recipients: tuple[str, ...] = ("Như trên",)

    @classmethod
    def _implied(cls, agency: str, kind: str, province: str) -> Mapping[str, Any]:
        """Who sends a letter stands below the province's committee, unless it is a committee itself."""
        return {} if _COMMITTEE.match(agency) else {"parent_body": _committee(kind, province)}

    def sent_to(self, agency: str) -> tuple[str, ...]:
        """Kính gửi of the letter to one agency."""
        return tuple(line.replace("{agency}", agency) for line in self.addressees)


def _ranked(name: str) -> tuple[str, str]:
    """A locality's rank and its name: ("thành phố", "Bắc Giang") of "TP. Bắc Giang"; "" for no rank."""
    found = _RANK.match(name.strip())
    if not found:
        return "", name.strip()
    rank = found["rank"].lower().rstrip(".")
    return _RANKS.get(rank, rank), name.strip()[found.end() :]


def _kind_of(province: str) -> str:
    return "thành phố" if key(province) in map(key, names("localities.tsv")["central city"]) else "tỉnh"


def _full(kind: str, province: str) -> str:
    """A province with its rank: "tỉnh Quảng Bình", "Thành phố Hồ Chí Minh" (Decree 30/2020, Annex II)."""
    return f"{kind.capitalize() if province == _NAMED_IN_FULL else kind} {province}"


def _committee(kind: str, province: str) -> str:
    return f"Ủy ban nhân dân {_full(kind, province)}"


def _initials(department: str) -> str:
    """ "NgV" of "Sở Ngoại vụ", "KHĐT" of "Sở Kế hoạch và Đầu tư"."""
    name = re.split(r"\s+(?:tỉnh|thành phố|tp)\b", _DEPARTMENT.sub("", department, count=1), maxsplit=1)[0]
    of_words = "".join(word[0].upper() for word in name.split() if word.lower() != "và")
    return next((short for full, short in _INITIALS.items() if key(name).startswith(full)), of_words)
