"""The names, titles and breaks of a leader's cell in the order of mention; `people.py` says whom they make up."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from doingoai_cli.vietnamese import tables
from doingoai_cli.vietnamese.abbreviations import Word, written_words
from doingoai_cli.vietnamese.names import has_no_name, is_vietnamese_name, looks_foreign
from doingoai_cli.vietnamese.text import key
from doingoai_cli.vietnamese.titles import PostRead, Title, parted, phrase_at, post_at, title_of


class Item(NamedTuple):
    """A name, a title or a break between persons.

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
def _phrases() -> tuple[dict[str, str], int]:
    """The words around names and titles: phrase -> class."""
    table = tables.names("people-words.tsv")
    classes = ("end", "body", "also", "or", "and", "address")
    phrases = {key(phrase): word_class for word_class in classes for phrase in table[word_class]}
    return phrases, max(phrase.count(" ") + 1 for phrase in phrases)


@cache
def _places() -> tuple[dict[str, str], int]:
    table = tables.names("localities.tsv")
    phrases = {key(name): kind for kind, listed in table.items() for name in listed}
    return phrases, max(phrase.count(" ") + 1 for phrase in phrases)


@cache
def _compounds() -> tuple[frozenset[str], int]:
    compounds = frozenset(map(key, tables.names("bodies.tsv")["compound"]))
    return compounds, max(compound.count(" ") + 1 for compound in compounds)


# Forms of address that are also parts of names and bodies: only where a name or a title may begin.
_WEAK_ADDRESS = frozenset(
    map(key, ("ông", "bà", "anh", "chị", "cô", "chú", "bác", "thầy", "do", "gồm", "đại diện", "sir"))
)
# Behind these a locality's name stands, even one that looks like a person's ("Huyện ủy Cao Lộc").
_LEVELS = frozenset(map(key, ("tỉnh", "huyện", "xã", "phường", "quận", "ủy", "phố", "trấn", "đoàn")))
_ANYWHERE = frozenset(("head", "deputy"))


def _class_at(words: Sequence[Word], at: int) -> tuple[int, str]:
    """The class of the phrase that begins with word `at` ("" for none), and the word after it."""
    phrases, longest = _phrases()
    found = phrase_at(phrases, longest, words, at)
    return (found[0], phrases[found[1]]) if found else (at + 1, "")


def _post(words: Sequence[Word], at: int) -> PostRead | None:
    """The post at word `at`, unless a body's name is longer there (Đại sứ quán) or a form of address (Bác sĩ)."""
    post = post_at(words, at)
    end, word_class = _class_at(words, at)
    return None if post and word_class == "body" and end > post.end else post


def _past_address(words: Sequence[Word], at: int) -> int:
    """The first word behind forms of address, degrees, ranks and numbers ("01 đồng chí", "PGS.TS", "Đại tá")."""
    while at < len(words) - 1:
        end, word_class = _class_at(words, at)
        if word_class == "address" and end < len(words):
            at = end
        elif words[at].word.isdigit():
            at += 1
        else:
            break
    return at


def _breaks(gap: str) -> bool:
    """Whether a gap parts persons: ";" or a line break, but not a line broken behind a comma or a dash."""
    return ";" in gap or ("\n" in gap and not gap.split("\n", 1)[0].rstrip().endswith((",", "-", "–", ":", "(")))


def _run_end(words: Sequence[Word], at: int) -> int:
    """The end of the words from `at` on that may be one name: no mark, "và", post or body's name between them."""
    end = at + 1
    while end < len(words) and not parted(words[end].gap) and "\n" not in words[end].gap:
        after, word_class = _class_at(words, end)
        if word_class in ("and", "or", "also", "end") or (word_class == "body" and after - end > 1):
            break
        post = _post(words, end)
        if post and (post.post_class in _ANYWHERE or post.post_class == "label"):
            break
        end += 1
    return end


def _compound_end(words: Sequence[Word], at: int) -> int:
    """The end of the body's name with commas or dashes inside that begins with word `at`; `at` if there is none."""
    compounds, longest = _compounds()
    name, found = words[at].word, at
    for end in range(at + 1, min(len(words), at + 2 * longest)):
        if ";" in words[end].gap or name.count(" ") >= longest:
            break
        if words[end].word == "và":
            continue
        name += f" {words[end].word}"
        if name in compounds:
            found = end + 1
    return found


class _Scanner:
    """Reads a cell from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words = written_words(text)
        self._items: list[Item] = []
        self._at = 0
        self._fresh = True  # a name or a title may begin here
        self._addressed = False  # behind a form of address
        self._alternative = False

    def read(self) -> list[Item]:
        """Every item of the text."""
        while self._at < len(self._words):
            self._look_at_gap()
            self._step()
        return self._items

    @property
    def _last(self) -> Item | None:
        return self._items[-1] if self._items and self._items[-1].kind != "break" else None

    @property
    def _named(self) -> bool:
        """Whether the group of items that is being read begins with a name."""
        first: Item | None = None
        for item in reversed(self._items):
            if item.kind == "break":
                break
            first = item
        return first is not None and first.kind == "name"

    def _typed(self, start: int, end: int) -> str:
        return self._text[self._words[start].start : self._words[end - 1].end]

    def _break(self) -> None:
        if self._last:
            self._items.append(Item("break"))
        self._fresh, self._addressed, self._alternative = True, False, False

    def _look_at_gap(self) -> None:
        gap = self._words[self._at].gap
        if not self._at:
            return
        if _breaks(gap) and self._begins_person(self._at):
            self._break()
        elif parted(gap) or "\n" in gap:
            self._fresh, self._addressed = True, False
            self._alternative = "/" in gap

    def _begins_person(self, at: int) -> bool:
        """Whether a person begins at word `at`, and not the rest of the agency's name on the line before."""
        if ";" in self._words[at].gap:
            return True
        end, word_class = _class_at(self._words, at)
        if word_class == "and":
            return self._person_at(end) is not None
        return word_class not in ("body", "end", "also", "or")

    def _person_at(self, at: int) -> int | None:
        """Where a post or a name begins behind forms of address, from word `at` on; None if neither does."""
        start = _past_address(self._words, at)
        if start >= len(self._words):
            return None
        addressed = start > at
        name = is_vietnamese_name(self._words[start : _run_end(self._words, start)], expected=addressed)
        return start if name or _post(self._words, start) else None

    def _step(self) -> None:
        end, word_class = _class_at(self._words, self._at)
        if word_class == "and":
            person = self._person_at(end)
            if person is not None:
                self._break()
            self._at = end
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
        post = _post(self._words, self._at)
        if not post or (post.post_class not in _ANYWHERE and not self._fresh):
            return False
        if post.post_class in ("label", "next"):
            if post.post_class == "next":
                self._break()
            self._at, self._fresh = post.end, True
            return True
        body, end = self._body_words(post.end, whole=post.post_class == "beside")
        title = title_of(self._typed(self._at, end), post, body)
        self._add(Item("title", title.text, title, self._glued(), self._alternative), end)
        return True

    def _add(self, item: Item, end: int) -> None:
        self._items.append(item)
        self._at, self._fresh, self._addressed, self._alternative = end, False, False, False

    def _glued(self) -> bool:
        gap = self._words[self._at].gap
        return self._last is not None and (not parted(gap) or gap.strip() == ":")

    def _body_words(self, at: int, whole: bool = False, marked: bool = False) -> tuple[list[str], int]:
        """The words of the body that begins with word `at`, and the word after it.

        `whole`: posts are part of it; `marked`: a mark stands before it.
        """
        words, body = self._words, list[str]()
        while at < len(words) and ((marked and not body) or not parted(words[at].gap)):
            compound = _compound_end(words, at)
            if compound > at:
                body += [word.word for word in words[at:compound] if word.word != "và"]
                at = compound
                continue
            end, word_class = _class_at(words, at)
            if word_class == "and" and self._person_at(end) is None:
                at = end
                continue
            if self._body_ends(at, word_class, whole):
                break
            end = self._place_end(at) if body and body[-1] in _LEVELS else at + 1
            body += [word.word for word in words[at:end]]
            at = end
        return body, at

    def _body_ends(self, at: int, word_class: str, whole: bool) -> bool:
        words = self._words
        if word_class in ("end", "also", "or", "and"):
            return True
        if word_class == "address" and words[at].word not in _WEAK_ADDRESS:
            return self._person_at(at) is not None
        if "\n" in words[at].gap and self._begins_person(at):
            return True
        post = _post(words, at)
        if post and not whole and (post.post_class in _ANYWHERE or post.post_class == "label"):
            return True
        if self._named or (words[at - 1].word in _LEVELS and self._place_end(at) > at + 1):
            return False
        return is_vietnamese_name(words[at : _run_end(words, at)], expected=False)

    def _place_end(self, at: int) -> int:
        places, longest = _places()
        found = phrase_at(places, longest, self._words, at)
        return found[0] if found else at + 1

    def _name(self) -> bool:
        words, at = self._words, self._at
        first = self._last is None
        end = _run_end(words, at)
        if first and self._fresh and (full := self._family_name_first(end)) > end:
            self._add(Item("name", self._typed(at, full)), full)
            return True
        run = words[at:end]
        expected = self._addressed or (first and self._fresh)
        if not is_vietnamese_name(run, expected) or (not self._fresh and self._named):
            if not self._fresh or not self._other_name(run, first):
                return False
        self._add(Item("name", self._typed(at, end), None, self._glued()), end)
        return True

    def _other_name(self, run: Sequence[Word], first: bool) -> bool:
        """Whether the words are a name without a known surname: foreign, or where only a name can stand."""
        if looks_foreign(run):
            return first or self._addressed or (self._last is not None and self._last.kind == "name")
        if len(run) > 5 or has_no_name(run) or any(word.word.isdigit() for word in run):
            return False
        after = self._at + len(run)
        titled = first and after < len(self._words) and self._person_at(after) == after
        return self._addressed or (titled and len(run) > 1)

    def _family_name_first(self, end: int) -> int:
        """The end of a foreign name with a comma: "KANG, CHEOL SIG"; `end` where it is none."""
        words = self._words
        if end != self._at + 1 or end >= len(words) or words[end].gap.strip() != ",":
            return end
        after = _run_end(words, end)
        return after if looks_foreign(words[end:after]) and not _post(words, end) else end

    def _body(self, word_class: str) -> bool:
        """The body of a title that a mark parts from its post: "Giám đốc - Sở Y tế"."""
        if word_class != "body" or not self._fresh:
            return False
        body, end = self._body_words(self._at, marked=True)
        last = self._last
        if last and last.title and not last.title.body and body:
            text = self._typed(self._at, end)
            post = PostRead(0, "", last.title.post, last.title.former, last.title.acting, last.title.standing)
            self._items[-1] = last._replace(title=title_of(f"{last.text} {text}", post, body))
        self._at, self._fresh = max(end, self._at + 1), False
        return True
