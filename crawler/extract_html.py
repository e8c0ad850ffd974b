"""Turn HTML into blocks of text: everything a visitor or a search engine can read, with its kind and place."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.block_walk import BlockWalk, Draft
from crawler.extract_json_ld import json_ld_texts
from crawler.page_text import Block, BlockKind, PageText
from crawler.parse_html import parse_html

_SPACE = re.compile(r"\s+")
#: Meta tags that search engines and shared links show, by name or property.
META = {
    "description": BlockKind.META_DESCRIPTION,
    "keywords": BlockKind.META_KEYWORDS,
    "og:title": BlockKind.OPEN_GRAPH,
    "og:description": BlockKind.OPEN_GRAPH,
    "og:image:alt": BlockKind.OPEN_GRAPH,
    "twitter:title": BlockKind.OPEN_GRAPH,
    "twitter:description": BlockKind.OPEN_GRAPH,
    "twitter:image:alt": BlockKind.OPEN_GRAPH,
}


def extract_html(html: str, address: str) -> PageText:
    """Return the text of a page. Pure, never raises, and bounded in time for pathological markup.

    A meta text that says the same as the title or the description already given is left out: nothing is lost by it.
    """
    tree = parse_html(html)
    drafts: list[Draft] = []
    title_node = tree.css_first("title")
    title = _fold(title_node.text()) if title_node is not None else ""
    drafts.append(Draft(BlockKind.TITLE, title, "html > head > title"))
    drafts.extend(_meta(tree, title))
    drafts.extend(_json_ld(tree))
    if tree.body is not None:
        drafts.extend(BlockWalk().blocks(tree.body))
    return assemble(address, title, _language(tree), drafts)


def assemble(address: str, title: str, language: str, drafts: list[Draft]) -> PageText:
    """Return the PageText of `drafts`: text folded, empty blocks left out, offsets counted."""
    blocks: list[Block] = []
    offset = 0
    for draft in drafts:
        text = _fold(draft.text)
        if not text:
            continue
        blocks.append(
            Block(
                draft.kind,
                text,
                offset,
                _fold(draft.heading),
                _fold(draft.lead_in),
                draft.path,
                draft.boilerplate,
                draft.hidden,
            )
        )
        offset += len(text) + 1
    return PageText(address, title, language, "\n".join(block.text for block in blocks), tuple(blocks))


def find(html: str, path: str) -> LexborNode | None:
    """Return the element that a block's `path` leads to; the part after `::` names an attribute and is not needed."""
    return parse_html(html).css_first(path.split("::")[0])


def _fold(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _language(tree: LexborHTMLParser) -> str:
    root = tree.css_first("html")
    declared = (root.attributes.get("lang") or root.attributes.get("xml:lang") or "") if root is not None else ""
    if not declared:
        meta = tree.css_first("meta[http-equiv='content-language' i]")
        declared = (meta.attributes.get("content") or "") if meta is not None else ""
    return declared.strip().lower().replace("_", "-").split("-")[0][:3]


def _meta(tree: LexborHTMLParser, title: str) -> Iterator[Draft]:
    said = {title}
    for node in tree.css("meta"):
        name = (node.attributes.get("name") or node.attributes.get("property") or "").lower()
        text = _fold(node.attributes.get("content") or "")
        if name in META and text not in said:
            said.add(text)
            attribute = "name" if node.attributes.get("name") else "property"
            yield Draft(META[name], text, f'meta[{attribute}="{name}"]::attr(content)')


def _json_ld(tree: LexborHTMLParser) -> Iterator[Draft]:
    for number, node in enumerate(tree.css("script[type='application/ld+json' i]")):
        question = ""
        for path, text in json_ld_texts(node.text()):
            # The question of an answer is its heading, as on the page of results.
            yield Draft(
                BlockKind.JSON_LD, text, f"json-ld[{number}].{path}", heading="" if path.endswith("name") else question
            )
            if path.endswith("name"):
                question = text
