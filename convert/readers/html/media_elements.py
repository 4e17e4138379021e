"""Figures with their captions and credits, and cards for what a page shows from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import structs
from selectolax.lexbor import LexborNode

from convert.readers.html import embeds
from convert.readers.html.core import SKIP, Attributes, Close, Core, is_blank
from convert.readers.html.elements import words_of
from convert.readers.html.frames import Caption, Frame, settled
from convert.readers.html.lines import Picture
from convert.tree import nodes as n
from convert.tree.text import letters

__all__ = ["MediaElements", "is_caption"]

_SHOWN = (Picture, n.Figure, n.Gallery, n.Embed, n.Table)
LONGEST_CAPTION: Final = 1_500
"""Letters of a caption: what is longer is text that is only called so."""


class MediaElements(Core):
    """What figures, captions and media do."""

    def _figure(self, node: LexborNode, attributes: Attributes) -> Close:
        if self.frame.kind == "heading" or not self._open(Frame("figure", self._attrs(attributes))):
            return self._block(node, attributes)
        element, source = node.mem_id, self._said_source(node, attributes)

        def leave() -> None:
            frame = self._pop()
            pieces = frame.pieces
            if source and not any(isinstance(piece, _SHOWN) for piece in pieces):
                first = next((k for k, piece in enumerate(pieces) if isinstance(piece, Caption)), len(pieces))
                pieces.insert(first, Picture(element, self.pictures.key(source), ""))
            if (
                len(pieces) == 2
                and isinstance(pieces[0], Caption)
                and isinstance(pieces[1], n.Table)
                and not pieces[1].caption
            ):
                caption = pieces[0]
                words = (*caption.content, n.Text(" "), *caption.credit) if caption.credit else caption.content
                self._put(structs.replace(pieces[1], caption=words))
            else:
                self._put(*self._with_id(settled(pieces, self.told, figure=True), frame.attrs))

        return leave

    def _said_source(self, node: LexborNode, attributes: Attributes) -> str:
        """The picture that a figure names in microdata, for pages whose script puts it in."""
        said = attributes.get("itemid") if "ImageObject" in (attributes.get("itemtype") or "") else ""
        if not said:
            inner = node.css_first("meta[itemprop=contentUrl], meta[itemprop=url], link[itemprop=contentUrl]")
            said = (inner.attributes.get("content") or inner.attributes.get("href")) if inner is not None else ""
        return self.addresses.picture(said or "") if said and "." in said else ""

    def _with_id(self, blocks: list[n.Block], attrs: n.Attrs | None) -> list[n.Block]:
        if attrs is not None and len(blocks) == 1 and blocks[0].attrs is None:
            return [structs.replace(blocks[0], attrs=attrs)]
        return blocks

    def _caption(self, node: LexborNode, attributes: Attributes, *, credit: bool = False) -> Close:
        if self.frame.kind in ("heading", "caption") or not self._open(Frame("caption", self._attrs(attributes))):
            return self._block(node, attributes)

        def leave() -> None:
            frame = self._pop()
            pieces = [piece for piece in frame.pieces if not isinstance(piece, Picture)]
            pictures = [piece for piece in frame.pieces if isinstance(piece, Picture)]
            if not pieces:
                self._put(*pictures)
                return
            self._tell_left_out(pictures)
            first = next((k for k, piece in enumerate(pieces) if isinstance(piece, Caption)), len(pieces))
            holders = tuple(piece.credit for piece in pieces[first:] if isinstance(piece, Caption))
            if len(holders) < len(pieces) - first or not all(
                isinstance(piece, n.Paragraph) for piece in pieces[:first]
            ):
                self._put(*(n.Paragraph(piece.credit) if isinstance(piece, Caption) else piece for piece in pieces))
                return
            content = _one_line([piece.content for piece in pieces[:first] if isinstance(piece, n.Paragraph)])
            if credit and not holders:
                self._put(Caption((), content))
            elif content or holders:
                self._put(Caption(content, _one_line(holders)))

        return leave

    def _tell_left_out(self, pictures: list[Picture]) -> None:
        """Say which pictures among the words of a caption are left out; a mere sign has no description."""
        for picture in pictures:
            if picture.alt:
                text = f"A picture within a caption was left out: “{picture.alt[:80]}”."
                self.report.add("html.picture", "loss", text, self.where)

    def _credit(self, node: LexborNode) -> Close:
        """Whoever took the picture, within its figure or caption."""
        if not self._open(Frame("credit")):
            return self._block(node, {})

        def leave() -> None:
            frame = self._pop()
            self._tell_left_out([piece for piece in frame.pieces if isinstance(piece, Picture)])
            frame.pieces = [piece for piece in frame.pieces if not isinstance(piece, Picture)]
            content, rest = self._as_line(frame)
            if content:
                self._put(Caption((), content))
            self._put(*rest)

        return leave

    def _below_picture(self) -> bool:
        """Whether the line that begins now stands right below a picture."""
        line, pieces = self.frame.line, self.frame.pieces
        if line.leaves and not line.empty:
            return all(isinstance(node, Picture) or is_blank((node, ())) for node, _ in line.leaves)
        return bool(pieces) and isinstance(pieces[-1], Picture | Caption | n.Figure)

    def _iframe(self, node: LexborNode, attributes: Attributes) -> Close:
        address = self.addresses.link(embeds.frame_address(attributes))
        if address.startswith("http"):
            self._card(node, address, attributes)
        return SKIP

    def _media(self, node: LexborNode, attributes: Attributes) -> Close:
        address = embeds.media_address(node, attributes)
        if not address.startswith(("blob:", "data:")):
            address = self.addresses.link(address)
            if address and not address.startswith("#"):
                self._card(node, address, attributes)
        return SKIP

    def _card(self, node: LexborNode, address: str, attributes: Attributes) -> None:
        title = " ".join((attributes.get("title") or attributes.get("aria-label") or "").split())[:300]
        if self.frame.kind in ("heading", "caption", "term"):
            return
        self.flush()
        self.told[node.mem_id] = title
        self._put(n.Embed(address, embeds.provider_of(address), title))


def _one_line(parts: Sequence[tuple[n.Inline, ...]]) -> tuple[n.Inline, ...]:
    """Several lines as one, a break between each two."""
    return tuple(node for number, part in enumerate(parts) for node in ((n.Break(), *part) if number else part))


def is_caption(node: LexborNode) -> bool:
    """Whether an element that is called a caption holds words and neither pictures nor several blocks."""
    if node.css_first("img, picture, figure, video, iframe, table, ul, ol, h1, h2, h3, blockquote") is not None:
        return False
    return 0 < len(letters(words_of(node))) <= LONGEST_CAPTION
