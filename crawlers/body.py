"""The main text of a page without selectors: the block that most text stands in, checked against trafilatura's view."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import cache, lru_cache

from lxml import etree

from crawlers import text
from crawlers.text import Node

# Beyond this a page is no article; the extractor's time grows with the square of the nodes.
_MAX_EXTRACT = 1_000_000
_MAX_NODES = 8_000
_COUNT = etree.XPath("count(descendant-or-self::node())")
_BLOCKS = frozenset(("article", "blockquote", "body", "center", "dd", "div", "main", "section", "td"))
_LISTS = frozenset(("ul", "ol", "dl", "table", "div", "p"))
_ASIDE = frozenset(
    ("aside", "button", "footer", "form", "header", "iframe", "input", "nav", "noscript", "script", "select", "style")
)
_ASIDE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|footer?|foot|header|menu|sidebar|side|breadcrumb|crumbs?|position|share|related|recommend|hot"
    r"|comments?|pinglun|copyright|pager?|pages|paging|prev|next|tool|links?|banner|ad|ads|login|search)(?:$|[\s_-])",
    re.IGNORECASE,
)
_IMPRINT = re.compile(
    r"(?:版权(?:所有|归|声明)|(?:主办|承办|主管|协办|技术支持)(?:单位|方)?\s?[:：]|copyright|©|\S{0,3}ICP备|\S{0,3}公网安备"
    r"|网站标识码)",
    re.IGNORECASE,
)
_MOSTLY_LINKS = 0.5
# Of a block's text its parent gets half, so that an article in sections is found whole.
_SHARE = 0.5


def main_text(page: Node, *, size: int) -> str:
    """Return the main text of a page; `size` is the length of the document. The tree is changed on the way.

    The densest block keeps the lists, tables and repeated lines of a notice, which trafilatura leaves out. Where the
    block holds the lesser part of the page's plain text, trafilatura is asked; where it holds less than a third of what
    that finds, the article stands in several blocks, and its view counts.
    """
    own, plain = _densest(page)
    own = _without_imprint(own)
    if 2 * len(own) >= plain or size > _MAX_EXTRACT or _COUNT(page) > _MAX_NODES:
        return own
    extract, options = _extractor()
    found = (extract(page, options=options) or "").replace("|", " ")
    return own if 3 * len(own) >= len(found) else _without_imprint(text.clean(found))


def _without_imprint(shown: str) -> str:
    return "\n".join(line for line in shown.splitlines() if not _IMPRINT.match(line))


def _densest(page: Node) -> tuple[str, int]:
    """Return the text of the block that holds the most text which is no link, and how much of that the page has."""
    scores: dict[Node, float] = defaultdict(float)
    blocks: list[Node] = []
    aside = plain = 0

    def count(written: str | None) -> None:
        nonlocal plain
        if written and not aside and not _IMPRINT.match(written.lstrip()):
            plain += len(written.strip())
            for block, share in zip(reversed(blocks), (1.0, _SHARE), strict=False):
                scores[block] += share * len(written.strip())

    for event, node in etree.iterwalk(page, events=("start", "end", "comment")):
        if event == "start":
            aside += _is_aside(node)
            blocks += [node] if node.tag in _BLOCKS else []
            count(node.text)
            continue
        if event == "end":
            aside -= _is_aside(node)
            del blocks[len(blocks) - (node.tag in _BLOCKS) :]
        count(node.tail)
    best = max(scores, key=lambda block: scores[block], default=None)
    return (_readable(_whole(best, scores)) if best is not None else ""), plain


def _whole(best: Node, scores: Mapping[Node, float]) -> Node:
    """Return the parent of a block that has text-bearing twins: an article that is cut in sections."""
    parent, look = best.getparent(), best.get("class")
    if parent is None or best.tag == "td" or (best.tag == "div" and not look):
        return best
    twins = [one for one in parent if one.tag == best.tag and one.get("class") == look and scores.get(one)]
    return parent if len(twins) > 1 else best


def _readable(block: Node) -> str:
    """Return the text of a block without what stands beside an article, and without lists of links."""
    copy = deepcopy(block)
    copy.tail = None
    for node in list(copy.iterdescendants(etree.Element)):
        if node.tag in _ASIDE or _names_an_aside(_names(node)) or (node.tag in _LISTS and _is_of_links(node)):
            node.drop_tree()
    return text.element_text(copy)


def _is_of_links(node: Node) -> bool:
    linked = sum(len(link.text_content().strip()) for link in node.iter("a"))
    return linked > _MOSTLY_LINKS * len(node.text_content().strip())


def _is_aside(node: Node) -> bool:
    return node.tag == "a" or node.tag in _ASIDE or _names_an_aside(_names(node))


def _names(node: Node) -> str:
    return f"{node.get('class', '')} {node.get('id', '')}"


@lru_cache(maxsize=1000)
def _names_an_aside(names: str) -> bool:
    return _ASIDE_NAMES.search(names) is not None


@cache
def _extractor() -> tuple[Callable[..., str | None], object]:
    """The extractor and its options, which take a while to load and to build; not every source needs them."""
    from trafilatura import extract  # noqa: PLC0415
    from trafilatura.settings import DEFAULT_CONFIG, Extractor  # noqa: PLC0415

    config = deepcopy(DEFAULT_CONFIG)
    # Below this it takes the whole page for the text. It thinks of languages that need ten times the characters.
    config.read_dict({"DEFAULT": {"MIN_EXTRACTED_SIZE": "20", "MIN_OUTPUT_SIZE": "1"}})
    return extract, Extractor(config=config, fast=True, comments=False, tables=True)
