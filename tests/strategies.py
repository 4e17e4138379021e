"""Random trees, sound by `tree.check`: every class of node, and texts that look like markup in every format."""

from __future__ import annotations

from hypothesis import strategies as st
from msgspec import structs

from convert.tree import (
    Aside,
    Asset,
    Attrs,
    Author,
    Break,
    Cell,
    CodeBlock,
    CodeSpan,
    Column,
    Correction,
    Definition,
    DefinitionList,
    Document,
    Embed,
    Emphasis,
    Figure,
    Gallery,
    Heading,
    Image,
    Inline,
    Link,
    List,
    ListItem,
    Metadata,
    Note,
    NoteReference,
    Paragraph,
    Quote,
    Row,
    Rule,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    build,
)  # fmt: skip
from convert.tree import nodes as n

WORDS = [
    "bridge", "1.", "2)", "-", "*", "+", "#", "##", "|", "a|b", "\\", "_", "__x__", "*x*", "[a](b)", "![x]", "[^1]", "<b>", "&amp;",
    "]]>", "</script>", "`", "``", "~~", "$", "{}", "%", "café", "cafe\u0301", "हिन्दी", "مرحبا", "שלום", "日本語", "😀", "a\u200bb", "U.S.",
    "3.5", "www.example.org", "https://example.org/a_b", "a@b.org", ":", "---", "===", ">", "'", '"', "“x”", "!", "[ ]", "= x", "~", "\u00a0",
]  # fmt: skip

KEYS = ("harbour", "quay")
NOTES = ("1", "note")

words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
texts = words.map(Text)
addresses = st.sampled_from(
    ["https://example.org/", "https://example.org/a(b)", "mailto:desk@example.org", "http://x.org/?a=1&b=2"]
)
languages = st.sampled_from([Attrs(language="fr"), Attrs(language="ar", direction="rtl")])


def marked(inner: st.SearchStrategy[tuple[Inline, ...]], links: bool, rich: bool) -> st.SearchStrategy[Inline]:
    """A node around inline content."""
    kinds = [st.builds(kind, inner) for kind in (Emphasis, Strong, Strikethrough, Superscript, Subscript)]
    kinds.append(st.builds(lambda content, attrs: Span(content, attrs=attrs), inner, languages))
    if links:
        kinds.append(
            st.builds(
                Link, inline_content(links=False, depth=1, rich=rich), addresses, st.sampled_from(["", 'a "title"'])
            )
        )
    return st.one_of(kinds)


def inline_content(*, links: bool = True, depth: int = 2, rich: bool = True) -> st.SearchStrategy[tuple[Inline, ...]]:
    """Inline content without space at its ends, neighbouring texts joined."""
    leaves: list[st.SearchStrategy[Inline]] = [texts, st.builds(CodeSpan, words)]
    if rich:
        leaves += [
            st.builds(Image, st.sampled_from(KEYS), words),
            st.just(Break()),
            st.sampled_from(NOTES).map(NoteReference),
        ]
    node = st.one_of(
        [*leaves, *([marked(inline_content(links=False, depth=depth - 1, rich=rich), links, rich)] if depth else [])]
    )
    content = st.lists(node, min_size=1, max_size=4).map(lambda parts: build.strip(build.inlines(parts)))
    return content.map(lambda parts: parts or (Text("words"),))


paragraphs = st.builds(Paragraph, inline_content(), st.sampled_from(["body", "body", "lede", "question", "answer"]))
headings = st.builds(Heading, st.integers(1, 5), inline_content(rich=False))
codes = st.builds(CodeBlock, st.lists(words, max_size=3).map("\n".join), st.sampled_from(["", "python"]))
figures = st.builds(
    Figure, st.sampled_from(KEYS), words, inline_content(depth=1), st.one_of(st.just(()), inline_content(depth=0))
)
embeds = st.builds(Embed, st.just("https://example.org/video"), st.sampled_from(["", "Video"]), words, words)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table whose cells, some over two columns or rows, fill every row."""
    width = draw(st.integers(1, 4))
    aligns = draw(st.lists(st.sampled_from(["", "left", "centre", "right"]), min_size=width, max_size=width))
    head = _rows(draw, width, draw(st.integers(0, 2)), "column")
    body = _rows(draw, width, draw(st.integers(1, 3)), "")
    caption = draw(st.one_of(st.just(()), inline_content(depth=1)))
    return Table(tuple(map(Column, aligns)), head, body, caption)


def _rows(draw: st.DrawFn, width: int, height: int, scope: n.Scope) -> tuple[Row, ...]:
    covered = [0] * width
    rows = []
    for number in range(height):
        cells, column, below = [], 0, [max(0, left - 1) for left in covered]
        while column < width:
            if covered[column]:
                column += 1
                continue
            wide = (
                2
                if column + 1 < width and not covered[column + 1] and draw(st.booleans()) and draw(st.booleans())
                else 1
            )
            high = 2 if number + 1 < height and draw(st.integers(0, 4)) == 0 else 1
            for k in range(column, column + wide):
                below[k] = high - 1
            blocks = draw(st.one_of(st.just(()), inline_content(depth=1).map(lambda content: (Paragraph(content),))))
            cells.append(Cell(blocks, wide, high, scope))
            column += wide
        covered = below
        rows.append(Row(tuple(cells)))
    return tuple(rows)


def blocks(depth: int = 2) -> st.SearchStrategy[n.Block]:
    """Any block."""
    leaves: list[st.SearchStrategy[n.Block]] = [
        paragraphs,
        paragraphs,
        headings,
        codes,
        st.just(Rule()),
        figures,
        embeds,
        tables(),
    ]
    if not depth:
        return st.one_of(leaves)
    inner = st.lists(blocks(depth - 1), min_size=1, max_size=3).map(tuple)
    items = st.lists(
        st.builds(ListItem, inner, st.sampled_from([None, None, True, False])), min_size=1, max_size=3
    ).map(tuple)
    return st.one_of(
        *leaves,
        st.builds(List, items, st.booleans(), st.integers(1, 12), st.booleans()).map(_with_start),
        st.builds(Quote, inner, st.one_of(st.just(()), inline_content(depth=1)), st.sampled_from(["block", "pull"])),
        st.builds(Aside, inner, st.one_of(st.just(()), inline_content(depth=1, rich=False))),
        st.builds(Correction, inner, st.sampled_from(["", "2026-05-01"])),
        st.builds(Gallery, st.lists(figures, min_size=1, max_size=3).map(tuple), inline_content(depth=0)),
        st.builds(
            DefinitionList,
            st.lists(
                st.builds(Definition, inline_content(rich=False), st.lists(inner, min_size=1, max_size=2).map(tuple)),
                min_size=1,
                max_size=2,
            ).map(tuple),
        ),
    )


def _with_start(node: List) -> List:
    return node if node.ordered else structs.replace(node, start=1)


metadata = st.builds(
    Metadata,
    title=words,
    deck=st.one_of(st.just(""), words),
    authors=st.lists(st.builds(Author, words, st.just(""), st.one_of(st.just(""), words)), max_size=2).map(tuple),
    publisher=st.one_of(st.just(""), words),
    language=st.sampled_from(["en", "fr", "ar", "ja"]),
    published=st.sampled_from(["", "2026-05-01", "2026-05-01T08:30:00+02:00"]),
    keywords=st.lists(words, max_size=2).map(tuple),
    extra=st.dictionaries(st.sampled_from(["desk", "a b"]), words, max_size=1),
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A sound document: levels that skip none, notes and pictures that are there."""
    body = draw(st.lists(blocks(), max_size=6).map(tuple))
    notes = tuple(
        Note(key, draw(st.lists(paragraphs.map(without_notes), min_size=1, max_size=2).map(tuple))) for key in NOTES
    )
    assets = {key: Asset(f"{key}.png") for key in KEYS}
    return with_sound_levels(Document(draw(metadata), body, notes, assets))


def without_notes(paragraph: Paragraph) -> Paragraph:
    """A paragraph without references to notes, for the notes themselves."""
    from convert.tree.walk import rewrite

    kept = rewrite(paragraph, lambda node: None if isinstance(node, NoteReference) else node)
    return kept if kept.content else Paragraph((Text("note"),))


def with_sound_levels(document: Document) -> Document:
    """The document with levels closed as cleaning closes them."""
    from convert.cleaning.headings import close_heading_gaps
    from convert.cleaning.ledger import Ledger, Marks
    from convert.report import Report

    return close_heading_gaps(document, Marks("levels", Ledger("", Report())))
