"""The workbook part and what refers to it: a first sheet put in or taken out, every index shifted."""

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from doingoai_cli.feedback.marking.dialect import WORKBOOK, Dialect, dialect_of
from doingoai_cli.feedback.marking.parts import Parts, PatchError, parse, serialize

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_SUFFIXES = (
    ("sheet.macroEnabled.main", ".xlsm"),
    ("template.macroEnabled.main", ".xltm"),
    ("template.main", ".xltx"),
)


class SentSheet(NamedTuple):
    """A sheet of the workbook: its name and its part (None for a chart or a dialog)."""

    name: str
    part: str | None


class SentBook:
    """The workbook part of a package, to be changed in place."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        roots = [relation.target for relation in parts.relations("") if relation.kind == "officeDocument"]
        if not roots:
            raise PatchError("no workbook")
        self.name = roots[0]
        self._root = parse(parts[self.name])
        if etree.QName(self._root).localname != "workbook":
            raise PatchError("not a workbook")
        self.dialect: Dialect = dialect_of(self._root)
        self._sheets = self.dialect.ensure(self._root, "sheets", WORKBOOK)

    @property
    def suffix(self) -> str:
        """The file name's ending that Office asks for."""
        kind = self._parts.content_type(self.name)
        return next((suffix for word, suffix in _SUFFIXES if word in kind), ".xlsx")

    @property
    def styles(self) -> str | None:
        """The name of the stylesheet's part; None where the workbook has none."""
        targets = (r.target for r in self._parts.relations(self.name) if r.kind == "styles")
        return next(targets, None)

    def shared_strings(self) -> list[str]:
        """The texts that cells refer to by number."""
        targets = (r.target for r in self._parts.relations(self.name) if r.kind == "sharedStrings")
        name = next((target for target in targets if target in self._parts), None)
        items = parse(self._parts[name]).iterchildren("{*}si") if name else ()
        return ["".join(text.text or "" for text in item.iter("{*}t")) for item in items]

    def add_styles(self, data: bytes) -> str:
        """Gives the workbook a stylesheet; its part's name."""
        name = self._beside("styles.xml")
        self._parts[name] = data
        self._parts.declare(name, STYLES_TYPE)
        self._parts.relate(self.name, name, self.dialect.relation("styles"))
        return name

    def sheets(self) -> Iterator[SentSheet]:
        """All sheets, in order."""
        relations = {relation.id: relation for relation in self._parts.relations(self.name)}
        for element in self.dialect.children(self._sheets, "sheet"):
            relation = relations.get(element.get(self.dialect.relation_id, ""))
            is_sheet = relation is not None and relation.kind == "worksheet" and relation.target in self._parts
            yield SentSheet(element.get("name", ""), relation.target if relation and is_sheet else None)

    def insert_first(self, name: str, data: bytes, *, print_titles: str) -> None:
        """Puts a worksheet before all others and shows it when the file is opened."""
        part = self._parts.free_name(self._beside("worksheets/sheet{}.xml"))
        self._parts[part] = data
        self._parts.declare(part, SHEET_TYPE)
        relation = self._parts.relate(self.name, part, self.dialect.relation("worksheet"))
        ids = [int(element.get("sheetId") or 0) for element in self.dialect.children(self._sheets, "sheet")]
        sheet = self.dialect.linked(self._sheets, "sheet", relation)
        sheet.set("name", name)
        sheet.set("sheetId", str(max(ids, default=0) + 1))
        self._sheets.insert(0, sheet)
        self._move_names(removed=None)
        names = self.dialect.ensure(self._root, "definedNames", WORKBOOK)
        titles = names.makeelement(self.dialect.tag("definedName"))
        titles.set("name", "_xlnm.Print_Titles")
        titles.set("localSheetId", "0")
        titles.text = print_titles
        names.insert(0, titles)
        views = self.dialect.child(self._root, "bookViews")
        for view in views if views is not None else ():
            view.attrib.pop("activeTab", "")
            view.attrib.pop("firstSheet", "")
        self._list_titles(added=name)

    def remove(self, name: str) -> str | None:
        """Takes a sheet out; the name of its part, now gone, None if there is no such sheet."""
        found = [
            (i, e) for i, e in enumerate(self.dialect.children(self._sheets, "sheet")) if e.get("name") == name
        ]
        if not found:
            return None
        index, element = found[0]
        relation_id = element.get(self.dialect.relation_id, "")
        part = next((r.target for r in self._parts.relations(self.name) if r.id == relation_id), None)
        self._sheets.remove(element)
        self._parts.unrelate(self.name, relation_id)
        if part:
            for relation in self._parts.relations(part):
                if relation.kind in ("comments", "vmlDrawing", "drawing", "printerSettings"):
                    self._parts.remove(relation.target)
            self._parts.remove(part)
        self._move_names(removed=index)
        self._list_titles(removed=name)
        return part

    def _beside(self, name: str) -> str:
        folder, slash, _ = self.name.rpartition("/")
        return f"{folder}{slash}{name}"

    def _move_names(self, *, removed: int | None) -> None:
        """Moves sheet-bound names by one place; those of a removed sheet go with it."""
        names = self.dialect.child(self._root, "definedNames")
        for element in list(names) if names is not None else ():
            local = element.get("localSheetId")
            if local is None or names is None:
                continue
            if removed is None:
                element.set("localSheetId", str(int(local) + 1))
            elif int(local) == removed:
                names.remove(element)
            elif int(local) > removed:
                element.set("localSheetId", str(int(local) - 1))
        if names is not None and not len(names):
            self._root.remove(names)

    def _list_titles(self, *, added: str = "", removed: str = "") -> None:
        """Keeps the list of sheets in docProps/app.xml true, where it has the usual shape."""
        name = next((r.target for r in self._parts.relations("") if r.kind == "extended-properties"), None)
        if name is None or name not in self._parts:
            return
        root = parse(self._parts[name])
        counts = root.findall("{*}HeadingPairs/{*}vector/{*}variant/{*}i4")
        titles = root.find("{*}TitlesOfParts/{*}vector")
        texts = [item.text for item in titles] if titles is not None else []
        sheets = int(counts[0].text or 0) if counts else 0
        if titles is None or not len(titles) or not sheets:
            return
        if added:
            item = titles.makeelement(titles[0].tag)
            item.text = added
            titles.insert(0, item)
        elif removed in texts[:sheets]:
            titles.remove(titles[texts.index(removed)])
        else:
            return
        counts[0].text = str(sheets + (1 if added else -1))
        titles.set("size", str(len(titles)))
        self._parts[name] = serialize(root)

    def write(self) -> None:
        """Puts the workbook part back into its package."""
        self._parts[self.name] = serialize(self._root)
