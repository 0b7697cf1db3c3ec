"""The names, titles and breaks of a leader's cell in the order of mention; `people.py` says whom they make up."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from doingoai_cli.vietnamese import tables
from doingoai_cli.vietnamese.abbreviations import Word
from doingoai_cli.vietnamese.people.names import has_no_name, is_vietnamese_name, looks_foreign, may_begin_name
from doingoai_cli.vietnamese.people.titles import PostRead, Title, title_of
from doingoai_cli.vietnamese.people.words import TITLE_POSTS, Reading, compound_end
from doingoai_cli.vietnamese.text import key
from doingoai_cli.vietnamese.word_phrases import WordPhrases, parted

BREAKS = frozenset(("break", "line"))


class Item(NamedTuple):
    """A name, a title or a break between persons; "line": a break that may also part a name from its titles.

    `glued`: nothing but spaces or a colon parts it from the item before; `alternative`: "hoặc" or "/" does.
    """

    kind: str
    text: str = ""
    title: Title | None = None
    glued: bool = False
    alternative: bool = False


def items(text: str) -> tuple[Item, ...]:
    """The items of a cleaned text."""
    return tuple(_Scanner(text).read())


@cache
def _places() -> WordPhrases:
    table = tables.names("localities.tsv")
    phrases = {key(name): kind for kind, listed in table.items() for name in listed}
    return WordPhrases.of(phrases)


# Forms of address that are also parts of names and bodies: only where a name or a title may begin.
_WEAK_ADDRESS = frozenset(
    map(key, ("ông", "bà", "anh", "chị", "cô", "chú", "bác", "thầy", "do", "gồm", "đại diện", "sir", "một"))
)
_COMMUNES = tuple(map(key, ("xã", "phường", "thị trấn", "đặc khu")))
# Behind these a locality's name stands, even one that looks like a person's ("Huyện ủy Cao Lộc").
_LEVELS = frozenset(map(key, ("tỉnh", "huyện", "xã", "phường", "quận", "ủy", "phố", "trấn", "đoàn")))


def _breaks(gap: str) -> bool:
    """Whether a gap parts persons: ";" or a line break, but not a line broken behind a comma or a dash."""
    return ";" in gap or ("\n" in gap and not gap.split("\n", 1)[0].rstrip().endswith((",", "-", "–", ":", "(")))


# Schools and firms bear people's names: "Trường THPT Võ Nguyên Giáp", "Công ty TNHH Hoàng Long".
_FIRMS = tuple(
    map(key, ("công ty", "tổng công ty", "tập đoàn", "doanh nghiệp", "hợp tác xã", "khách sạn", "ngân hàng"))
)
_SCHOOLS = tuple(
    map(key, ("phổ thông", "trung học cơ sở", "tiểu học", "mầm non", "chuyên", "trường", "bệnh viện"))
)


def _called_after_people(body: Sequence[str]) -> bool:
    name = " ".join(body)
    return name.startswith(_FIRMS) or name.endswith(_SCHOOLS)


class _Scanner:
    """Reads a cell from left to right."""

    def __init__(self, text: str) -> None:
        self._in = Reading(text)
        self._words = self._in.words
        self._items: list[Item] = []
        self._at = 0
        self._fresh = True  # a name or a title may begin here
        self._addressed = False  # behind a form of address
        self._alternative = False
        self._parted = False  # a mark stands between the last item and here
        self._named = False  # the items since the last break begin with a name

    def read(self) -> list[Item]:
        """Every item of the text."""
        while self._at < len(self._words):
            self._look_at_gap()
            self._step()
        return self._items

    @property
    def _last(self) -> Item | None:
        return self._items[-1] if self._items and self._items[-1].kind not in BREAKS else None

    def _break(self, lines: bool = False) -> None:
        if self._last:
            self._items.append(Item("line" if lines else "break"))
        self._fresh, self._addressed, self._alternative, self._named = True, False, False, False

    def _look_at_gap(self) -> None:
        gap = self._words[self._at].gap
        if not self._at or gap == " ":
            return
        if _breaks(gap) and self._in.begins_person(self._at):
            self._break(lines=True)
        elif parted(gap) or "\n" in gap:
            self._fresh, self._addressed = True, False
            self._parted = self._parted or gap.strip() != ":"
            self._alternative = "/" in gap

    def _step(self) -> None:
        end, word_class = self._in.classes[self._at]
        after = self._in.after_and(self._at)
        if after is not None:
            if self._in.person_at(after) is not None:
                self._break()
            self._at = after
        elif word_class in ("also", "or"):
            self._at, self._fresh, self._alternative = end, True, word_class == "or"
        elif self._address(end, word_class) or self._title() or self._name() or self._body(word_class):
            return
        else:
            self._at += 1
            self._fresh = False

    def _address(self, end: int, word_class: str) -> bool:
        number = self._words[self._at].word.isdigit()
        weak = number or self._words[self._at].word in _WEAK_ADDRESS
        if not (word_class == "address" or number) or (weak and not self._fresh) or end >= len(self._words):
            return False
        self._at, self._fresh, self._addressed = end, True, not number
        return True

    def _title(self) -> bool:
        post = self._in.posts[self._at]
        ended = self._in.classes[self._at][1] == "end"  # "… thay mặt Chủ tịch UBND tỉnh": somebody else's title
        if not post or (post.post_class not in TITLE_POSTS and not self._fresh and not ended):
            return False
        if post.post_class in ("label", "next"):
            if post.post_class == "next":
                self._break()
            self._at, self._fresh = post.end, True
            return True
        body, end = self._body_words(post.end, whole=post.post_class == "beside")
        title = title_of(self._in.typed(self._at, end), post, body)
        self._add(Item("title", title.text, title, self._glued(), self._alternative), end)
        return True

    def _add(self, item: Item, end: int) -> None:
        self._named = self._named or (item.kind == "name" and self._last is None)
        self._items.append(item)
        self._at = end
        self._fresh = self._addressed = self._alternative = self._parted = False

    def _glued(self) -> bool:
        return self._last is not None and not self._parted

    def _body_words(self, at: int, whole: bool = False, marked: bool = False) -> tuple[list[str], int]:
        """The words of the body that begins with word `at`, and the word after it.

        `whole`: posts and names are part of it; `marked`: a mark stands before it.
        """
        words, body = self._words, list[str]()
        while at < len(words) and ((marked and not body) or not parted(words[at].gap)):
            compound = compound_end(words, at)
            if compound > at:
                body += [word.word for word in words[at:compound] if word.word != "và"]
                at = compound
                continue
            end, word_class = self._in.classes[at]
            if word_class == "and" and self._in.person_at(end) is None:
                at = end
                continue
            if self._body_ends(at, word_class, whole or _called_after_people(body)):
                break
            if body and body[-1] in _LEVELS:
                end = self._place_end(at)
            elif word_class != "body":
                end = at + 1
            body += [word.word for word in words[at:end]]
            at = end
        return body, at

    def _body_ends(self, at: int, word_class: str, whole: bool) -> bool:
        words = self._words
        if word_class in ("end", "also", "or", "and"):
            return True
        if word_class == "address" and words[at].word not in _WEAK_ADDRESS:
            return self._in.person_at(at) is not None
        if "\n" in words[at].gap and self._in.begins_person(at):
            return True
        if whole:
            return False
        post = self._in.posts[at]
        if post and (post.post_class in TITLE_POSTS or post.post_class == "label"):
            return True
        if self._named or (words[at - 1].word in _LEVELS and self._place_end(at) > at + 1):
            return False
        return self._in.name_end(at, expected=False) > at

    def _place_end(self, at: int) -> int:
        """The end of the locality's name that begins with word `at`, where it may look like a person's."""
        found = _places().at(self._words, at)
        if found:
            return found[0]
        # A commune (xã Hồng Hóa, phường Đồng Hải): two syllables, and perhaps its chairman's name behind them.
        if " ".join(word.word for word in self._words[max(0, at - 2) : at]).endswith(_COMMUNES):
            end = self._in.run_end(at)
            if end == at + 2 or (end >= at + 4 and may_begin_name(self._words[at + 2].word, expected=False)):
                return at + 2
        return at + 1

    def _name(self) -> bool:
        words, at = self._words, self._at
        first = self._last is None
        end = self._in.run_end(at)
        if first and self._fresh and (full := self._family_name_first(end)) > end:
            self._add(Item("name", self._in.typed(at, full)), full)
            return True
        run = words[at:end]
        expected = self._addressed or (first and self._fresh)
        vietnamese = is_vietnamese_name(run, expected) and (self._fresh or not self._named)
        if not vietnamese and not (self._fresh and self._other_name(run, first)):
            return False
        self._add(Item("name", self._in.typed(at, end), None, self._glued()), end)
        return True

    def _other_name(self, run: Sequence[Word], first: bool) -> bool:
        """Whether the words are a name without a known surname: foreign, or where only a name can stand."""
        if looks_foreign(run):
            return first or self._addressed or (self._last is not None and self._last.kind == "name")
        if len(run) > 5 or has_no_name(run) or any(word.word.isdigit() for word in run):
            return False
        after = self._at + len(run)
        titled = first and after < len(self._words) and self._in.person_at(after) == after
        return self._addressed or (titled and len(run) > 1)

    def _family_name_first(self, end: int) -> int:
        """The end of a foreign name with a comma: "KANG, CHEOL SIG"; `end` where it is none."""
        words = self._words
        if end != self._at + 1 or end >= len(words) or words[end].gap.strip() != ",":
            return end
        after = self._in.run_end(end)
        return after if looks_foreign(words[end:after]) and not self._in.posts[end] else end

    def _body(self, word_class: str) -> bool:
        """The body of a title that a mark parts from its post: "Giám đốc - Sở Y tế"."""
        if word_class != "body" or not self._fresh:
            return False
        body, end = self._body_words(self._at, marked=True)
        last = self._last
        if last and last.title and not last.title.body and body:
            text = self._in.typed(self._at, end)
            post = PostRead(0, "", last.title.post, last.title.former, last.title.acting, last.title.standing)
            self._items[-1] = last._replace(title=title_of(f"{last.text} {text}", post, body))
        self._at, self._fresh = max(end, self._at + 1), False
        return True
