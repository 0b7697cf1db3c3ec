"""The bodies of titles (tên cơ quan sau chức vụ): where the name of an office ends in a leader's cell."""

from collections.abc import Sequence

from doingoai_cli.shipped import precomputed
from doingoai_cli.vietnamese import tables
from doingoai_cli.vietnamese.people.names import is_vietnamese_name, may_begin_name
from doingoai_cli.vietnamese.people.word_phrases import WordPhrases, breaks_phrase
from doingoai_cli.vietnamese.people.words import TITLE_POSTS, WEAK_ADDRESS, CellWords, compound_end
from doingoai_cli.vietnamese.text import key


def _read_places() -> WordPhrases:
    localities = tables.names("localities.tsv")
    return WordPhrases.of({key(name): kind for kind, listed in localities.items() for name in listed})


_PLACES = precomputed("localities", _read_places)

_COMMUNES = tuple(map(key, ("xã", "phường", "thị trấn", "đặc khu")))
# Behind these a locality's name stands, even one that looks like a person's ("Huyện ủy Cao Lộc").
_LEVELS = frozenset(map(key, ("tỉnh", "huyện", "xã", "phường", "quận", "ủy", "phố", "trấn", "khu", "đoàn")))


# Schools and firms bear people's names: "Trường THPT Võ Nguyên Giáp", "Công ty TNHH Hoàng Long".
_FIRMS = tuple(
    map(key, ("công ty", "tổng công ty", "tập đoàn", "doanh nghiệp", "hợp tác xã", "khách sạn", "ngân hàng"))
)
_SCHOOLS = tuple(
    map(key, ("phổ thông", "trung học cơ sở", "tiểu học", "mầm non", "chuyên", "trường", "bệnh viện"))
)


# What Tỉnh đoàn has: behind any other body of the province "Đoàn" is a surname.
_OF_UNION = tuple(map(key, ("ban", "văn phòng", "ủy ban kiểm tra", "hội đồng đội", "trung tâm", "nhà", "báo")))


# "Sở Tài nguyên và Môi trường", "Ngân hàng Nhà nước" bear nobody's name.
_NO_SCHOOLS = tuple(map(key, ("môi trường", "thị trường", "nông trường", "lâm trường", "quảng trường")))
_NO_FIRM = key("ngân hàng nhà nước")


def _called_after_people(body: Sequence[str]) -> bool:
    begins, ends = " ".join(body[:4]), " ".join(body[-4:])
    firm = begins.startswith(_FIRMS) and not begins.startswith(_NO_FIRM)
    return firm or (ends.endswith(_SCHOOLS) and not ends.endswith(_NO_SCHOOLS))


_MOST_WORDS = 60  # of a body; nobody's name is longer
_GENTLE = frozenset(map(key, ("ông", "bà", "ô")))


class BodyReader:
    """Reads the names of bodies among the words of a cell."""

    def __init__(self, words: CellWords) -> None:
        self._in = words

    def read(self, at: int, named: bool, whole: bool = False, apart: bool = False) -> tuple[list[str], int]:
        """The words of the body that begins with word `at`, and the word after it.

        `named`: its holder's name stands before, so that none follows; `whole`: posts and names are part of it;
        `apart`: punctuation stands before it.
        """
        words = self._in.words
        body: list[str] = []
        while at < len(words) and ((apart and not body) or not breaks_phrase(words[at].gap)):
            compound = compound_end(words, at)
            if compound > at:
                body += [word.word for word in words[at:compound] if word.word != "và"]
                at = compound
                continue
            end, word_class = self._in.classes[at]
            end = next((k for k in range(at + 1, end) if self._name_on_line(k) or self._is_doan(k, body)), end)
            if word_class == "and" and self._in.person_at(end) is None:
                at = end
                continue
            if self._ends(at, word_class, body, named=named, whole=whole):
                break
            if body and body[-1] in _LEVELS:
                end = self._place_end(at)
            elif not named and word_class != "body" and _called_after_people(body):
                end = self._namesake_end(at)
            elif word_class != "body":
                end = at + 1
            body += [word.word for word in words[at:end]]
            at = end
        return body[:_MOST_WORDS], at

    def _name_on_line(self, at: int) -> bool:
        """Whether word `at` begins a line with a name: "UBND tỉnh⏎Đoàn Văn An" has no Tỉnh đoàn in it."""
        return "\n" in self._in.words[at].gap and self._in.name_end(at, expected=True) > at

    def _is_doan(self, at: int, body: Sequence[str]) -> bool:
        """Whether word `at` is the surname behind a province's body: "Chủ tịch UBND tỉnh Đoàn Ngọc Lâm"."""
        if self._in.words[at].word != "đoàn" or not body or " ".join(body[:3]).startswith(_OF_UNION):
            return False
        return self._in.name_end(at, expected=True) > at + 1

    def _namesake_end(self, at: int) -> int:
        """The end of a school's name that is a person's, before its head's: "THPT Võ Nguyên Giáp Mai Xuân An"."""
        words = self._in.words
        if not is_vietnamese_name(words[at : min(at + 3, self._in.run_end(at))], expected=False):
            return at + 1
        end = self._in.run_end(min(at + 2, self._in.run_end(at) - 1))
        behind = (at + syllables for syllables in (3, 2, 4))
        heads = (at for at in behind if at + 3 <= end and may_begin_name(words[at].word, expected=False))
        return next(heads, min(end, at + 4))

    def _ends(self, at: int, word_class: str, body: Sequence[str], *, named: bool, whole: bool) -> bool:
        words = self._in.words
        if word_class in ("end", "also", "or", "and"):
            return True
        post = self._in.posts[at]
        if post and post.post_class in ("aside", "beside") and self._in.post_behind(post.end):
            return True
        if word_class == "address" and (words[at].word not in WEAK_ADDRESS or self._in.classes[at][0] > at + 1):
            return self._in.person_at(at) is not None
        if self._in.line_begins(at) or self.person_addressed(at):
            return True
        if named and not post:
            return False
        if whole or _called_after_people(body):
            return False
        if post and (post.post_class in TITLE_POSTS or post.post_class == "label"):
            return True
        if named or (words[at - 1].word in _LEVELS and self._place_end(at) > at + 1):
            return False
        return self._in.name_end(at, expected=False) > at

    def person_addressed(self, at: int) -> bool:
        """Whether a name stands behind "ông", "bà" at word `at`: "Giám đốc Sở Y tế bà Y Thông"."""
        after = at + 1
        if self._in.words[at].word not in _GENTLE or after >= len(self._in.words):
            return False
        return self._in.name_end(after, expected=True) > after

    def _place_end(self, at: int) -> int:
        """The end of the locality's name that begins with word `at`, where it may look like a person's."""
        words = self._in.words
        found = _PLACES.at(words, at)
        if found:
            return found[0]
        end = self._in.run_end(at)
        headed = end >= at + 4 and may_begin_name(words[at + 2].word, expected=False)
        # A commune (xã Hồng Hóa, phường Đồng Hải): two syllables, and perhaps its chairman's name behind them.
        if " ".join(word.word for word in words[max(0, at - 2) : at]).endswith(_COMMUNES):
            return at + 2 if headed or end == at + 2 else at + 1
        # "huyện Quỳnh Lưu Nguyễn Văn An": the second syllable, not the first one, is a surname too.
        surnames = [may_begin_name(word.word, expected=False) for word in words[at : at + 2]]
        return at + 2 if headed and surnames == [False, True] else at + 1
