"""Walk the elements of a page in reading order and cut its text into blocks, without recursion."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.block_rules import load_block_rules
from crawler.page_text import BlockKind

#: Elements that only hold others: their own text is a paragraph of the kind around them.
CONTAINERS = (
    "html",
    "body",
    "div",
    "p",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "nav",
    "aside",
    "address",
    "center",
    "ul",
    "ol",
    "dl",
    "table",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "form",
    "fieldset",
    "pre",
    "hr",
    "figure",
    "details",
    "hgroup",
    "menu",
    "search",
    "dialog",
    "iframe",
    "video",
    "audio",
    "object",
    "canvas",
    "marquee",
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
#: Elements that start a block of their own, and the kind of place they are; None keeps the kind of the element around.
BLOCKS: dict[str, BlockKind | None] = {
    **dict.fromkeys(HEADINGS, BlockKind.HEADING),
    **dict.fromkeys(CONTAINERS),
    "li": BlockKind.LIST_ITEM,
    "dt": BlockKind.LIST_ITEM,
    "dd": BlockKind.LIST_ITEM,
    "td": BlockKind.TABLE_CELL,
    "th": BlockKind.TABLE_CELL,
    "blockquote": BlockKind.QUOTE,
    "figcaption": BlockKind.CAPTION,
    "caption": BlockKind.CAPTION,
    "button": BlockKind.BUTTON,
    "summary": BlockKind.HEADING,
    "label": BlockKind.FORM_TEXT,
    "legend": BlockKind.FORM_TEXT,
    "option": BlockKind.FORM_TEXT,
    "textarea": BlockKind.FORM_TEXT,
    "noscript": BlockKind.NOSCRIPT,
}
SILENT = frozenset(["script", "style", "template", "head", "meta", "link", "base", "source", "track", "svg", "math"])
#: Elements without children that carry text in their attributes.
LEAVES = frozenset(["img", "input", "area", "embed"])
BOLD = frozenset(["strong", "b"])
#: A block of at most this many characters that is bold throughout is a heading in all but name: "<p><b>Our Promise</b></p>".
HEADING_LENGTH = 80
#: Attributes that hold words for people, and the kind of place they are.
ATTRIBUTES = {
    "alt": BlockKind.ALT_TEXT,
    "aria-label": BlockKind.ARIA_LABEL,
    "title": BlockKind.ARIA_LABEL,
    "placeholder": BlockKind.FORM_TEXT,
}
#: Deeper places than this get the path of the element at this depth.
PATH_DEPTH = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """A block before white space is folded and offsets are counted."""

    kind: BlockKind
    text: str
    path: str
    heading: str = ""
    lead_in: str = ""
    boilerplate: bool = False
    hidden: bool = False


@dataclass(slots=True)
class _Open:
    """An element that has been entered and not yet left."""

    node: LexborNode
    tag: str
    is_block: bool
    kind: BlockKind
    level: int
    boilerplate: bool
    hidden: bool
    lead_in: str
    bold: bool
    link: bool
    segment: str
    children: dict[str, int] = field(default_factory=dict)
    cells: int = 0
    header: list[str] = field(default_factory=list)
    row_name: str = ""


class BlockWalk:
    """Cuts one tree into drafts; use a fresh one for each tree."""

    def __init__(self) -> None:
        self._rules = load_block_rules()
        self._open: list[_Open] = []
        self._parts: list[str] = []
        self._bold = self._plain = self._linked = 0
        self._headings: list[tuple[int, str]] = []
        self._last = ""
        self._out: list[Draft] = []

    def blocks(self, root: LexborNode) -> Iterator[Draft]:
        """Yield the drafts of `root` in reading order."""
        self._enter(root, "html > ")
        node: LexborNode | None = root.child
        while self._open:
            if node is None:
                parent = self._open[-1].node
                self._leave()
                node = parent.next if self._open else None
            elif node.is_text_node:
                self._text(node.text_content or "")
                node = node.next
            elif node.is_element_node and self._enter(node):
                node = node.child
            else:
                node = node.next
            if self._out:
                yield from self._out
                self._out.clear()

    def _text(self, text: str) -> None:
        words = len(text.strip())
        if words and self._open[-1].bold:
            self._bold += words
        elif words:
            self._plain += words
        if words and self._open[-1].link:
            self._linked += words
        self._parts.append(text)

    def _enter(self, node: LexborNode, prefix: str = "") -> bool:
        """Open `node` and return whether its children are to be walked."""
        tag = node.tag or ""
        around = self._open[-1] if self._open else None
        number = 1
        if around is not None:
            number = around.children[tag] = around.children.get(tag, 0) + 1
        if tag in ("br", "wbr", "hr"):
            self._break(tag)
            return False
        segment = f"{prefix}{tag}" if around is None or tag == "body" else f"{tag}:nth-of-type({number})"
        if tag in SILENT:
            self._silent(node, tag, segment)
            return False
        opened = self._opened(node, tag, segment, around)
        if opened.is_block:
            self._flush()
        self._open.append(opened)
        self._attributes(node, tag)
        if tag in LEAVES:
            self._leave()
            return False
        return True

    def _break(self, tag: str) -> None:
        if tag == "hr" or (self._parts and self._parts[-1] == "\n" and tag == "br"):
            self._flush()
        elif tag == "br":
            self._parts.append("\n")

    def _silent(self, node: LexborNode, tag: str, segment: str) -> None:
        if tag == "template":
            self._other_tree(node.html or "", segment)
        elif tag == "svg":
            for part in (*node.css("title"), *node.css("desc")):
                self._add(BlockKind.ALT_TEXT, part.text(), self._path(segment))

    def _other_tree(self, html: str, segment: str) -> None:
        """Add the text of a template or of an inline frame, as hidden: its path is that of the element that holds it."""
        inner = re.sub(r"^<template[^>]*>|</template>$", "", html)
        body = LexborHTMLParser(inner).body
        path = self._path(segment)
        for draft in BlockWalk().blocks(body) if body is not None else ():
            self._out.append(
                Draft(
                    draft.kind,
                    draft.text,
                    path,
                    draft.heading or self._heading(),
                    draft.lead_in,
                    draft.boilerplate,
                    True,
                )
            )

    def _opened(self, node: LexborNode, tag: str, segment: str, around: _Open | None) -> _Open:
        attributes = node.attributes
        kind = around.kind if around is not None else BlockKind.PARAGRAPH
        level = around.level if around is not None else 0
        is_block = tag in BLOCKS
        own = BLOCKS.get(tag)
        if (attributes.get("role") or "") == "heading":
            is_block, own = True, BlockKind.HEADING
        if tag == "a" and self._rules.is_button(attributes):
            is_block, own = True, BlockKind.BUTTON
        if own is not None:
            kind = own
            level = HEADINGS.get(tag, 6) if own is BlockKind.HEADING else level
        if tag == "p" and kind is BlockKind.TABLE_CELL:
            # Pages are laid out with tables; a cell that holds paragraphs is no cell of data.
            kind = BlockKind.PARAGRAPH
        closed = (
            tag != "summary" and around is not None and around.tag == "details" and "open" not in around.node.attributes
        )
        return _Open(
            node=node,
            tag=tag,
            is_block=is_block,
            kind=kind,
            level=level,
            boilerplate=(around is not None and around.boilerplate) or self._is_boilerplate(node, tag),
            hidden=(around is not None and around.hidden) or closed or self._rules.is_hidden(attributes),
            lead_in=self._lead_in(tag, around),
            bold=tag in BOLD or (around is not None and around.bold and not is_block),
            link=tag == "a" or (around is not None and around.link and not is_block),
            segment=segment,
        )

    def _is_boilerplate(self, node: LexborNode, tag: str) -> bool:
        if tag in ("body", "main", "article", "h1"):
            return False
        return self._rules.is_boilerplate(tag, node.attributes) and node.css_first("h1") is None

    def _lead_in(self, tag: str, around: _Open | None) -> str:
        """Return the sentence that introduces a list ("It helps with:"), or the headers of a table cell."""
        if tag in ("ul", "ol", "dl"):
            self._flush()
            return self._last if self._last.rstrip().endswith(":") else ""
        if tag == "dd":
            self._flush()
            return self._last
        if tag in ("td", "th"):
            return self._cell_headers(tag)
        return around.lead_in if around is not None else ""

    def _cell_headers(self, tag: str) -> str:
        table = next((element for element in reversed(self._open) if element.tag == "table"), None)
        row = next((element for element in reversed(self._open) if element.tag == "tr"), None)
        if table is None or row is None:
            return ""
        self._flush()
        if not row.cells and not table.header:
            first = table.node.css_first("tr")
            table.header = [cell.text() for cell in first.css("td, th")] if first is not None else []
            table.row_name = first.html or "" if first is not None else ""
        column, row.cells = row.cells, row.cells + 1
        is_header = row.node.css_first("td") is None or (row.node.html or "") == table.row_name
        if is_header or tag == "th":
            return ""
        if column == 0:
            row.row_name = ""
            return ""
        first_cell = row.node.css_first("td, th")
        name = first_cell.text() if first_cell is not None else ""
        over = table.header[column] if column < len(table.header) else ""
        return " | ".join(part for part in (over.strip(), name.strip()) if part)

    def _attributes(self, node: LexborNode, tag: str) -> None:
        attributes = node.attributes
        if not attributes:
            return
        inside: str | None = None
        for name, kind in ATTRIBUTES.items():
            value = attributes.get(name)
            if value and value.strip():
                if inside is None:
                    inside = (
                        " ".join(node.text().split()).casefold()
                        if tag not in ("body", "main", "div", "section")
                        else ""
                    )
                if " ".join(value.split()).casefold() not in inside:
                    self._add(kind, value, f"{self._path()}::attr({name})")
        if (
            tag == "input"
            and (attributes.get("type") or "").lower() in ("submit", "button", "reset")
            and attributes.get("value")
        ):
            self._add(BlockKind.BUTTON, attributes["value"] or "", f"{self._path()}::attr(value)")
        if tag == "iframe" and attributes.get("srcdoc"):
            self._other_tree(attributes["srcdoc"] or "", "")
        for name, value in attributes.items():
            if name.startswith("data-") and value and _is_prose(value):
                self._out.append(
                    Draft(
                        BlockKind.ARIA_LABEL,
                        value,
                        f"{self._path()}::attr({name})",
                        self._heading(),
                        "",
                        self._open[-1].boilerplate,
                        True,
                    )
                )

    def _leave(self) -> None:
        if self._open[-1].is_block:
            self._flush()
        self._open.pop()

    def _flush(self) -> None:
        """End the block that is being collected, if it holds any text."""
        if not self._parts:
            return
        text = "".join(self._parts)
        self._parts.clear()
        bold, plain, linked = self._bold, self._plain, self._linked
        self._bold = self._plain = self._linked = 0
        if not text.strip() or not self._open:
            return
        block = next((element for element in reversed(self._open) if element.is_block), self._open[0])
        kind, level = block.kind, block.level
        if kind is BlockKind.PARAGRAPH and bold and not plain and len(text.strip()) <= HEADING_LENGTH:
            kind, level = BlockKind.HEADING, 6
        elif kind is BlockKind.PARAGRAPH and linked and linked >= bold + plain:
            kind = BlockKind.LINK
        self._out.append(
            Draft(
                kind,
                text,
                self._path(upto=block),
                self._heading(level if kind is BlockKind.HEADING else 9),
                block.lead_in,
                block.boilerplate,
                block.hidden,
            )
        )
        if kind is BlockKind.HEADING:
            self._headings = [pair for pair in self._headings if pair[0] < level]
            self._headings.append((level, " ".join(text.split())))
        self._last = " ".join(text.split())

    def _add(self, kind: BlockKind, text: str, path: str) -> None:
        around = self._open[-1]
        self._out.append(Draft(kind, text, path, self._heading(), around.lead_in, around.boilerplate, around.hidden))

    def _heading(self, below: int = 9) -> str:
        return next((text for level, text in reversed(self._headings) if level < below), "")

    def _path(self, segment: str = "", upto: _Open | None = None) -> str:
        segments: list[str] = []
        for element in self._open[:PATH_DEPTH]:
            segments.append(element.segment)
            if element is upto:
                break
        if segment:
            segments.append(segment)
        return " > ".join(segments)


def _is_prose(value: str) -> bool:
    """Whether a data- attribute holds words for people: at least four words of letters ("data-tab" is a name, not prose)."""
    words = value.split()
    return (
        len(words) >= 4
        and not value.lstrip().startswith(("{", "[", "http"))
        and sum(word.strip(".,!?%").isalpha() for word in words) >= 0.8 * len(words)
    )
