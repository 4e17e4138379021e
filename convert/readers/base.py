"""What a reader is, and what it hands over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, BinaryIO, Protocol, runtime_checkable

from msgspec import Struct, field

from convert.errors import InputError
from convert.report import Report, Result
from convert.tree import Document
from convert.world import Source

if TYPE_CHECKING:
    from convert.config import Config

__all__ = ["Configurable", "Container", "Reader", "Reading", "not_one"]


class Reading(Struct, frozen=True):
    """An article read: the tree, and the source's own words to hold it against.

    `text` is the reading text: what the source says in words, taken from it by another way than the
    tree was, the metadata's words first in the order of `tree.text.METADATA_TEXT`. Its letters equal
    the tree's. `flat` says that the tree is a run of paragraphs whose structure cleaning should find.
    `files` are the bytes of pictures that came inside the source, by asset key.
    """

    document: Document
    text: str
    flat: bool = False
    files: Mapping[str, bytes] = field(default_factory=dict)


class Reader(Protocol):
    """One input format. Modules of `convert.readers` provide a class of this shape named `Reader`."""

    name: str
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]

    def sniff(self, head: bytes) -> int:
        """How surely the first kilobytes are of this format: 0 not, 1 perhaps, 2 likely, 3 surely."""

    def read(self, source: Source) -> Result[Reading]:
        """The article. Raises InputError and nothing else on bad input."""


@runtime_checkable
class Container(Reader, Protocol):
    """A reader whose files may hold several articles. `read` takes a file of one, such as `items` yields."""

    def items(self, file: BinaryIO, whole: Source, most: int, report: Report) -> Iterator[Source]:
        """The articles of a file, each as a file of one that `read` takes, streamed where the format allows.

        `whole` says what the file is called and where it lies; it holds no data. An article of more than `most` bytes
        is cut off behind them, for `limits` refuses it then. `report` takes what is to be said of the whole file.
        Raises InputError where the file breaks off.
        """


@runtime_checkable
class Configurable(Protocol):
    """A reader that the configuration has a say in."""

    def under(self, config: Config) -> Reader:
        """The same reader under a configuration."""


def not_one(number: int, where: str) -> InputError:
    """What to say of a file that is read as one article and holds another number of them."""
    if not number:
        return InputError("container.empty", "The file holds no article.", where)
    return InputError(
        "container.several", f"The file holds {number} articles, and one is needed here. Split the file.", where
    )
