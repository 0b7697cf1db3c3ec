"""What a province's documents carry besides figures and text: names, symbol, signature, recipients."""

import re
from typing import Literal

from pydantic import field_validator

from doingoai_cli.yamlfile import FrozenModel

_AUTHORITIES = ("TM.", "Q.", "KT.", "TL.", "TUQ.")
_COMMITTEE = re.compile(r"(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd)\s+", re.IGNORECASE)
_AREA = re.compile(r"tỉnh|thành phố|tp|huyện|thị xã|quận|xã|phường|đặc khu", re.IGNORECASE)
_LANDMARKS = {"Quảng Bình": "Di sản thiên nhiên thế giới Vườn Quốc gia Phong Nha - Kẻ Bàng"}


class ReportSettings(FrozenModel):
    """The letterhead and the signature of a document; the defaults are those of the reports of seed 000."""

    province: str = "Quảng Bình"
    province_kind: Literal["tỉnh", "thành phố"] = "tỉnh"
    parent_body: str = ""
    """Cơ quan chủ quản trực tiếp; none for a provincial people's committee."""
    agency: str = ""
    """Cơ quan ban hành; "": the province's people's committee."""
    place: str = ""
    """Địa danh; "": the province."""
    symbol: str = "BC-UBND"
    """Ký hiệu."""
    drafting_unit: str = "NgV"
    """Stands after "Lưu: VT" in the list of recipients."""
    authority: tuple[str, ...] | None = None
    """Quyền hạn, one line each: "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"; None: on behalf of the committee."""
    signer_title: str = "CHỦ TỊCH"
    signer_name: str = ""
    """Blank: the place for it stays free."""
    addressees: tuple[str, ...] = ()
    """Kính gửi; for reports that go up to a superior body."""
    recipients: tuple[str, ...] = (
        "Thường trực Tỉnh ủy",
        "Thường trực HĐND tỉnh",
        "Chủ tịch, các PCT UBND tỉnh",
        "Sở Ngoại vụ",
    )
    """Nơi nhận, without the last line."""
    landmark: str | None = None
    """The sight that outlines name (danh thắng); None: that of the default province, none elsewhere."""
    contact: str = "Sở Ngoại vụ"
    """Where agencies send their forms and texts."""

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
        return f"{self.province_kind} {self.province}"

    @property
    def issuer(self) -> str:
        """The issuing agency as running text names it."""
        return self.agency or f"Ủy ban nhân dân {self.full_province}"

    @property
    def locality(self) -> str:
        """Whose committee issues the document: "tỉnh Quảng Bình", "thành phố Bắc Giang"."""
        return _COMMITTEE.sub("", self.agency).strip() if _COMMITTEE.match(self.agency) else self.full_province

    @property
    def area(self) -> str:
        """The kind of that locality: "tỉnh", "thành phố", "huyện"."""
        found = _AREA.match(self.locality)
        return found[0].lower() if found else self.province_kind

    @property
    def sight(self) -> str:
        """The sight that outlines name; "" where there is none."""
        if self.landmark is not None:
            return self.landmark
        return _LANDMARKS.get(self.province, "")

    @property
    def signed_place(self) -> str:
        """The place before the date."""
        return self.place or self.province

    @property
    def parent(self) -> str:
        """The superior body above the issuing agency; "" for none."""
        return self.parent_body

    @property
    def authority_lines(self) -> tuple[str, ...]:
        """Quyền hạn and chức vụ, as they stand above the signature."""
        if self.authority is None:
            lines: tuple[str, ...] = (
                () if self.agency and not _COMMITTEE.match(self.agency.strip()) else ("TM. ỦY BAN NHÂN DÂN",)
            )
        else:
            lines = self.authority
        return tuple(line.upper() for line in (*lines, self.signer_title) if line)


class LetterSettings(ReportSettings):
    """The same for letters (công văn): the Department signs them, below the province's people's committee."""

    parent_body: str | None = None  # type: ignore[assignment]
    """None: the province's people's committee, unless the letter is its own."""
    agency: str = "Sở Ngoại vụ"
    symbol: str = "SNgV-VP"
    drafting_unit: str = "VP"
    signer_title: str = "GIÁM ĐỐC"
    addressees: tuple[str, ...] = ("{agency}",)
    """Kính gửi; "{agency}" stands for the agency that the letter goes to."""
    recipients: tuple[str, ...] = ("Như trên",)

    @property
    def parent(self) -> str:
        """The superior body above the issuing agency; "" for none."""
        if self.parent_body is not None:
            return self.parent_body
        return "" if _COMMITTEE.match(self.agency) else f"Ủy ban nhân dân {self.full_province}"

    def sent_to(self, agency: str) -> tuple[str, ...]:
        """Kính gửi of the letter to one agency."""
        return tuple(line.replace("{agency}", agency) for line in self.addressees)
