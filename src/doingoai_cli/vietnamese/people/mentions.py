"""The names, titles and breaks of a leader's cell in the order of mention; `persons` says whom they make up."""

from collections.abc import Sequence
from typing import NamedTuple

from doingoai_cli.vietnamese.abbreviations import CellWord
from doingoai_cli.vietnamese.people.bodies import BodyReader
from doingoai_cli.vietnamese.people.names import has_no_name, is_vietnamese_name, looks_foreign, may_begin_name
from doingoai_cli.vietnamese.people.titles import PostRead, Title, title_of
from doingoai_cli.vietnamese.people.word_phrases import breaks_phrase, separates_persons
from doingoai_cli.vietnamese.people.words import TITLE_POSTS, WEAK_ADDRESS, CellWords
from doingoai_cli.vietnamese.syllables import is_syllable

BREAKS = frozenset(("break", "line"))


class PersonPart(NamedTuple):
    """A name, a title or a break between persons; "line": a break that may also separate a name from its titles.

    `glued`: nothing but spaces or a colon separates it from the item before; `alternative`: "hoặc", "/", "(" does,
    `instead`: "hoặc", so that only one of the two goes.
    `holders`: how many persons of that title are meant ("02 Phó Giám đốc").
    """

    kind: str
    text: str = ""
    title: Title | None = None
    glued: bool = False
    alternative: bool = False
    holders: int = 1
    instead: bool = False


def items(text: str) -> tuple[PersonPart, ...]:
    """The items of a cleaned text."""
    return tuple(_Scanner(text).read())


_INITIALS = frozenset(("a", "b", "c"))  # "B. Nguyễn Thị A"
_MOST_SHORT_FORMS, _LONGEST_SHORT_FORM = 4, 6  # words, letters of one
_SEVERAL = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "các": 2, "những": 2}
_PERSONS = frozenset(("người", "đồng", "vị", "cán"))  # "02 người", "02 đồng chí"


class _Scanner:
    """Reads a cell from left to right."""

    def __init__(self, text: str) -> None:
        self._in = CellWords(text)
        self._bodies = BodyReader(self._in)
        self._words = self._in.words
        self._items: list[PersonPart] = []
        self._at = 0
        self._fresh = True  # a name or a title may begin here
        self._addressed = False  # behind a form of address
        self._alternative = False
        self._instead = False  # behind "hoặc"
        self._separated = False  # punctuation stands between the last item and here
        self._named = False  # the items since the last break begin with a name
        self._holders = 1  # a number stands before the next title

    def read(self) -> list[PersonPart]:
        """Every item of the text."""
        while self._at < len(self._words):
            self._look_at_gap()
            self._step()
        return self._items

    @property
    def _last(self) -> PersonPart | None:
        return self._items[-1] if self._items and self._items[-1].kind not in BREAKS else None

    def _break(self, lines: bool = False) -> None:
        if self._instead:
            return  # "Giám đốc hoặc⏎Phó Giám đốc"
        if self._last:
            self._items.append(PersonPart("line" if lines else "break"))
        self._fresh, self._addressed, self._alternative, self._named = True, False, False, False

    def _look_at_gap(self) -> None:
        gap = self._words[self._at].gap
        if not self._at or gap == " ":
            return
        if gap.strip() != "(" and separates_persons(gap) and self._in.begins_person(self._at):
            self._break(lines=True)
        elif breaks_phrase(gap) or "\n" in gap:
            self._fresh, self._addressed = True, False
            self._separated = self._separated or gap.strip() != ":"
            self._alternative = "/" in gap or gap.strip() == "("

    def _step(self) -> None:
        end, word_class = self._in.classes[self._at]
        after = self._in.after_and(self._at)
        if after is not None:
            if self._in.person_at(after) is not None:
                self._break()
            self._at = after
        elif word_class in ("also", "or"):
            self._at, self._fresh = end, True
            self._alternative = self._instead = word_class == "or"
            if self._instead and self._items and not self._last:
                self._items.pop()  # "Giám đốc;⏎hoặc Phó Giám đốc"
        elif (
            self._aside()
            or self._several()
            or self._address(end, word_class)
            or self._title()
            or self._short_forms()
            or self._name()
            or self._body(word_class)
        ):
            return
        else:
            self._at += 1
            self._fresh = False

    def _several(self) -> bool:
        """A number of persons: before their title ("02 Phó Giám đốc"), or behind it ("… (02 người)")."""
        word, after = self._words[self._at], self._at + 1
        number = int(word.word) if word.word.isdecimal() and len(word.word) < 3 else _SEVERAL.get(word.word, 1)
        if number < 2 or after >= len(self._words) or breaks_phrase(self._words[after].gap):
            return False
        last = self._last
        if last and last.title and word.gap.strip() in ("(", ":") and self._words[after].word in _PERSONS:
            self._items[-1] = last._replace(holders=number)
            self._at = after + 1
            return True
        if self._in.posts[self._in.past_address(after)] is None:
            return False
        self._at, self._holders, self._fresh = after, number, True
        return True

    def _address(self, end: int, word_class: str) -> bool:
        word, last = self._words[self._at].word, end >= len(self._words)
        number = word.isdigit()
        weak = number or (word in WEAK_ADDRESS and end == self._at + 1)
        if not (word_class == "address" or number) or last:
            return False
        if weak and not self._fresh and not self._bodies.person_addressed(self._at):
            return False
        post = self._in.posts[self._at]
        if post and post.end > end:
            return False  # "bác sĩ" is a post, "bác" a form of address
        if word in _INITIALS and "." not in self._words[end].gap:
            return False
        self._at, self._fresh, self._addressed = end, True, not number
        return True

    def _short_forms(self) -> bool:
        """Short forms of address, ranks and degrees that no table has ("CVCC.", "H.E."), before a name."""
        at = self._at
        for _ in range(_MOST_SHORT_FORMS if self._fresh else 0):
            word = self._words[at]
            if at + 1 >= len(self._words) or self._in.posts[at] or may_begin_name(word.word, expected=True):
                return False
            gap = self._words[at + 1].gap
            if len(word.word) > _LONGEST_SHORT_FORM or "\n" in gap or (is_syllable(word.word) and "." not in gap):
                return False
            at += 1
            if self._in.name_end(at, expected=True) > at:
                self._at, self._addressed = at, True
                return True
        return False

    def _title(self) -> bool:
        post = self._in.posts[self._at]
        ended = self._in.classes[self._at][1] == "end"  # "… thay mặt Chủ tịch UBND tỉnh": somebody else's title
        if (
            not post
            or post.post_class == "aside"
            or (post.post_class not in TITLE_POSTS and not self._fresh and not ended)
        ):
            return False
        if post.post_class in ("label", "next"):
            if post.post_class == "next":
                self._break()
            self._at, self._fresh = post.end, True
            return True
        body, end = self._bodies.read(post.end, self._named, whole=post.post_class == "beside")
        left = self._in.left_behind(end)
        title = title_of(self._in.typed(self._at, end), post._replace(former=post.former or left > end), body)
        self._add(PersonPart("title", title.text, title, self._glued(), self._alternative, self._holders), left)
        return True

    def _aside(self) -> bool:
        """Somebody else's post ("theo ủy nhiệm của Chủ tịch UBND tỉnh"), passed over up to the next mark."""
        aside = self._in.posts[self._at]
        if not aside or aside.post_class != "aside" or not self._in.post_behind(aside.end):
            return False
        at = aside.end
        while at < len(self._words) and not self._in.line_begins(at) and not breaks_phrase(self._words[at].gap):
            at += 1
        self._at, self._fresh, self._addressed = at, False, False
        return True

    def _add(self, item: PersonPart, end: int) -> None:
        self._named = self._named or (item.kind == "name" and self._last is None)
        self._items.append(item._replace(instead=True) if self._instead else item)
        self._at = end
        self._fresh = self._addressed = self._alternative = self._instead = self._separated = False
        self._holders = 1

    def _glued(self) -> bool:
        return self._last is not None and not self._separated

    def _name(self) -> bool:
        words, at = self._words, self._at
        first = self._last is None
        end = self._in.run_end(at)
        if first and self._fresh and (full := self._family_name_first(end)) > end:
            self._add(PersonPart("name", self._in.typed(at, full)), full)
            return True
        run = words[at:end]
        expected = self._addressed or (first and self._fresh)
        vietnamese = is_vietnamese_name(run, expected) and (self._fresh or not self._named)
        if not vietnamese and not (self._fresh and self._other_name(run, first)):
            return False
        self._add(PersonPart("name", self._in.typed(at, end), None, self._glued()), end)
        return True

    def _other_name(self, run: Sequence[CellWord], first: bool) -> bool:
        """Whether the words are a name without a known surname: foreign, or where only a name can stand."""
        if looks_foreign(run):
            return first or self._addressed or (self._last is not None and self._last.kind == "name")
        if len(run) > 5 or has_no_name(run) or any(word.word.isdigit() for word in run):
            return False
        after = self._at + len(run)
        titled = first and after < len(self._words) and self._in.person_at(after) == after
        return self._addressed or (titled and len(run) > 1)

    def _family_name_first(self, end: int) -> int:
        """The end of a foreign name with a comma: "KANG, CHEOL SIG"; `end` where there is no such name."""
        words = self._words
        if end != self._at + 1 or end >= len(words) or words[end].gap.strip() != ",":
            return end
        after = self._in.run_end(end)
        return after if looks_foreign(words[end:after]) and not self._in.posts[end] else end

    def _body(self, word_class: str) -> bool:
        """The body of a title that punctuation separates from its post: "Giám đốc - Sở Y tế"."""
        if word_class != "body" or not self._fresh:
            return False
        body, end = self._bodies.read(self._at, self._named, apart=True)
        last = self._last
        if last and last.title and not last.title.body and body:
            text = self._in.typed(self._at, end)
            post = PostRead(0, "", last.title.post, last.title.former, last.title.acting, last.title.standing)
            self._items[-1] = last._replace(title=title_of(f"{last.text} {text}", post, body))
        self._at, self._fresh = max(end, self._at + 1), False
        return True
