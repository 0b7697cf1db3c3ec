"""How the readers of text grow with the length of a cell: `python benchmarks/readers_of_text.py [--markdown]`.

Each reader is given cells of repeated pieces, those that offices write and those that are hardest for it, at two
lengths near Excel's limit of 32,767 characters. Printed is, for each reader, its slowest piece: CPU time for the
longer cell, and the exponent of growth between the two (1: linear). Nothing may take more than a second.
"""

import argparse
import math
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from doingoai_cli.checks.pack import load_pack
from doingoai_cli.intake.other_rows import is_note, is_of_record, is_unit, says_nothing_to_declare, stated_count
from doingoai_cli.intake.sender_names import name_in_lines, name_on_cover
from doingoai_cli.intake.titles import TitleLine
from doingoai_cli.vietnamese import text as text_module
from doingoai_cli.vietnamese.agencies import agency_key, commune, is_place_or_time, locality
from doingoai_cli.vietnamese.agreement_terms import read_state, read_validity
from doingoai_cli.vietnamese.breakdowns import read_breakdown
from doingoai_cli.vietnamese.counts import read_count
from doingoai_cli.vietnamese.delegation_names import compared_name, partner_key
from doingoai_cli.vietnamese.documents import read_document
from doingoai_cli.vietnamese.levels import read_level
from doingoai_cli.vietnamese.money.amounts import read_money
from doingoai_cli.vietnamese.money.no_source import names_no_source
from doingoai_cli.vietnamese.money.payers import (
    company_pays,
    host_pays,
    host_pays_all,
    only_companies,
    organised_by_company,
    state_pays,
    state_pays_items,
)
from doingoai_cli.vietnamese.money.sources import funding_sources
from doingoai_cli.vietnamese.money.usd import read_usd
from doingoai_cli.vietnamese.people.leaders import general_head
from doingoai_cli.vietnamese.people.persons import read_people
from doingoai_cli.vietnamese.places.countries import read_destinations
from doingoai_cli.vietnamese.places.provinces import places_abroad
from doingoai_cli.vietnamese.places.residents import ResidentBodies
from doingoai_cli.vietnamese.private_purposes import PrivatePurposes
from doingoai_cli.vietnamese.purposes import organised_centrally, organised_elsewhere
from doingoai_cli.vietnamese.terms import Learning, Terms
from doingoai_cli.vietnamese.ticks import is_ditto, is_nil, read_plan_words, read_tick
from doingoai_cli.vietnamese.time.periods import read_period
from doingoai_cli.vietnamese.time.stated_periods import stated_periods

SHORTER, LONGER = 8192, 32767
NO_MORE = 20.0
"""Seconds after which a reader is ended."""

# fmt: off
PIECES = (
    "có: ", "1 ", "1, ", "1; ", "05 ", "1+", "1/", "1-", "1. ", "1.000 ", "1,5 ", "(", ")", "((", "() ", "(1) ", "[", "- ",
    "\n- ", "\n", ": ", "; ", ", ", ",,", ". ", "... ", "…", "/", "//", " .", " (dự kiến)", "'", '"', "“", "& ", "+ ", "= ", "% ", "x ", "X", "a ",
    "a-", "á", "Ab ", "Xyz, ", "Lào ", "Lào, ", "Lào - ", "Lào (", "Lào (Khăm Muộn), ", "Hà Lan và ", "Ô-xtrây-li-a ",
    "Pháp hoặc ", "quá cảnh ", "quá cảnh Lào, ", "qua ", "ASEAN ", "ASEAN, ", "châu Âu - ", "một số ", "các ", "nước ",
    "1-2 nước ", "gồm ", "như ", "khác ", "10 người ", "Lào: 10, ", "10 người Lào, ", "Wakanda, ", "trong đó ", "tổng ",
    "tổng số: ", "07 người, ", "03 nam, ", "trưởng đoàn + ", "và ", "cùng ", "Nguyễn ", "Nguyễn Văn A ", "Nguyễn Văn A, ",
    "Nguyễn Văn A - Giám đốc; ", "Giám đốc ", "Phó Giám đốc Sở ", "Giám đốc Sở Y tế, ", "Chủ tịch UBND tỉnh ", "PCT ",
    "UBND ", "UBND xã A ", "xã ", "huyện ", "huyện A ", "tỉnh ", "thành phố ", "Sở ", "Sở Y tế ", "Ban ", "Phòng ", "phó ",
    "nguyên ", "thay mặt ", "theo ủy nhiệm của ", "của ", "lãnh đạo ", "Thường trực ", "khóa XVI ", "02 Phó Giám đốc ",
    "Ô. ", "B. ", "TS. ", "KANG, ", "BOUNTHONG ", "trưởng ", "đoàn ", "ngày ", "tháng ", "tháng 5 ", "tháng 5, ", "quý ",
    "quý II, ", "năm ", "năm 2020 ", "từ ", "đến ", "từ ngày 1/5 ", "1/5 - ", "5/5/2020 ", "5/5/2020 - ", "2016-2020 ",
    "12-16 May ", "May ", "sau ", "trước ", "hè ", "học kỳ ", "(tháng 5) ", "(thư mời 5/5/2019) ", "thư mời ", "số 12 ",
    "thư mời số 12, ngày 5/5/2019, ", "kế hoạch ", "hoãn từ ", "nhiệm kỳ ", "5 ngày ", "sáng ", "8h ", "8:00 ", "thứ hai ",
    "tuần ", "12/BC-SYT ", "BC-", "báo cáo số ", "12/", "ngân sách ", "ngân sách tỉnh chi ", "NSNN ", "100 triệu ",
    "100 triệu đồng, ", "1 tỷ ", "USD ", "2.000 USD ", "100-", "đồng ", "đối tác ", "đối tác chi ", "phía bạn ", "công ty ",
    "Công ty A tài trợ, ", "do ", "do công ty ", "do Bộ Y tế ", "do công ty A, ", "tổ chức ", "mời ", "tài trợ ", "hỗ trợ ",
    "chi ", "chi trả ", "toàn bộ ", "tự túc ", "không ", "không sử dụng ", "vay ", "kinh phí ", "kinh phí từ ", "theo ",
    "dự toán ", "học tập ", "học tập các ", "kinh nghiệm ", "mô hình ", "giao lưu ", "tham quan ", "du lịch ", "đi du lịch ",
    "xúc tiến ", "khám bệnh ", "tham gia đoàn ", "tham gia đoàn công tác của Bộ ", "tháp tùng ", "Trung ương ", "TƯ ", "TU ",
    "Bộ ", "Quốc hội ", "hội ", "đại biểu ", "đại sứ quán ", "văn phòng ", "văn phòng tại Hà Nội ", "UNESCO ", "tại ", "ở ",
    "Việt Nam ", "Đoàn công tác số 1 ", "dự án ", "chương trình ", "quỹ ", "hội chợ ", "Tên cơ quan, đơn vị: ", "Đơn vị: ",
    "Cộng hòa xã hội chủ nghĩa Việt Nam ", "I. ", "II ", "a) ", "đoàn ra ", "hòa ", "quyền ", "Ạ", "\u0301", "a\u0301", "ð", "½",
    "😀", "ﬁ", "\u00a0", "\t", "\u200b", "Hµ Néi ", "Coäng ", "§¬n vÞ ",
)
# fmt: on


class Grown(NamedTuple):
    """The hardest piece for a reader: CPU seconds for the longer cell, exponent of growth."""

    reader: str
    piece: str
    seconds: float
    exponent: float


class TooLongError(Exception):
    """A reader did not come to an end."""


def readers() -> dict[str, Callable[[str], object]]:
    """Every reader of a cell's text, as the stages call it."""
    kinds = load_pack("quang-binh-2020").kinds
    state, companies = Terms(kinds["DR02"].state), Terms(kinds["DR03"].companies)
    private = PrivatePurposes(kinds["TH05"].terms, kinds["TH05"].alone)
    vague, th06 = kinds["DR15"].vague.phrases, kinds["TH06"]
    heads = tuple(term for group in kinds["DR13"].groups for term in group.terms)
    learning = Learning(kinds["DR02"].learning[0].verbs, kinds["DR02"].learning[0].objects)
    return {
        "clean": text_module.clean,
        "fold": text_module.fold,
        "words": text_module.words,
        "is_blank": text_module.is_blank,
        "counts": read_count,
        "delegates per country": read_breakdown,
        "times": lambda said: read_period(said, 2020),
        "periods of titles": stated_periods,
        "destinations": read_destinations,
        "provinces abroad": lambda said: places_abroad(said, "LAO"),
        "people": read_people,
        "general heads": lambda said: general_head(said, heads),
        "agencies": lambda said: (agency_key(said), locality(said), commune(said), is_place_or_time(said)),
        "letterhead": lambda said: (name_in_lines([TitleLine(1, 1, said)]), name_on_cover([TitleLine(1, 1, said)])),
        "notes, units, totals": lambda said: (
            is_note(said), is_unit(said), stated_count(said), is_of_record(said), says_nothing_to_declare(said),
        ),
        "money": read_money,
        "sources of money": funding_sources,
        "US dollars": read_usd,
        "state pays": lambda said: (state_pays(said, state), state_pays_items(said, state)),
        "host pays": lambda said: (host_pays(said), host_pays_all(said)),
        "company pays": lambda said: company_pays(said, companies),
        "only companies": lambda said: only_companies(said, companies),
        "organised by a company": lambda said: organised_by_company(said, companies),
        "names no source": lambda said: names_no_source(said, vague),
        "organised centrally": organised_centrally,
        "organised elsewhere": organised_elsewhere,
        "learning": learning.asserted,
        "terms": state.asserted,
        "private purposes": private.first,
        "resident bodies": ResidentBodies(th06.always, th06.bodies).first,
        "documents": read_document,
        "marks": lambda said: (read_tick(said), read_plan_words(said), is_ditto(said)),
        "nil returns": is_nil,
        "states and validity": lambda said: (read_state(said), read_validity(said)),
        "levels": read_level,
        "names of delegations": lambda said: (compared_name(said, 2020), partner_key(said)),
    }  # fmt: skip


@contextmanager
def ended_after(seconds: float) -> Iterator[None]:
    """Ends what runs inside after so many seconds of the clock."""

    def end(*_: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def spent(read: Callable[[str], object], piece: str, length: int) -> float:
    """CPU seconds for a cell of so many characters, another one each time so that nothing is remembered."""
    cell = (piece * (length // len(piece) + 1))[: length - 2] + " w"
    started = time.process_time()
    try:
        with ended_after(NO_MORE):
            read(cell)
    except TooLongError:
        return NO_MORE
    return time.process_time() - started


def grown(name: str, read: Callable[[str], object], pieces: tuple[str, ...]) -> Grown:
    """The hardest piece for a reader."""
    found = []
    for piece in pieces:
        longer = spent(read, piece, LONGER)
        shorter = spent(read, piece, SHORTER) if longer > 0.02 else longer
        exponent = math.log(longer / max(shorter, 1e-6)) / math.log(LONGER / SHORTER) if longer > shorter else 1.0
        found.append(Grown(name, piece, longer, exponent))
    return max(found, key=lambda one: one.seconds)


def main() -> None:
    """Print the table, the slowest reader first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reader", help="only readers whose name contains this")
    parser.add_argument("--markdown", action="store_true", help="the table of docs/performance.md")
    options = parser.parse_args()
    chosen = {n: r for n, r in readers().items() if not options.reader or options.reader in n}
    for read in chosen.values():
        read("Lào, tháng 5, 07 người, Giám đốc Sở Y tế, ngân sách tỉnh")  # tables are loaded
    table = sorted((grown(n, read, PIECES) for n, read in chosen.items()), key=lambda one: -one.seconds)
    if options.markdown:
        print("| reader | hardest piece | CPU for 32,767 characters | exponent |\n|---|---|---|---|")
    for one in table:
        piece = one.piece.encode("unicode_escape").decode() if not one.piece.isprintable() else one.piece
        cells = (one.reader, f"`{piece}`", f"{one.seconds:.3f} s", f"{one.exponent:.2f}")
        print("| " + " | ".join(cells) + " |" if options.markdown else "\t".join(cells))
    sys.exit(any(one.seconds > 1 for one in table))


if __name__ == "__main__":
    main()
