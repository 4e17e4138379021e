"""How much memory a large WordPress export takes: `python -m benchmarks.wxr_memory [--size MB] [--convert N]`.

A site of that size is made by script (posts of some 6,000 bytes, and pictures that stand behind the posts that use
them), gone through as `copydesk convert` goes through it, and read article by article; the first N are made into
Markdown. Prints the articles, the seconds and the peak of the process's memory.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path
from typing import BinaryIO

from convert.config import Config
from convert.intake import articles
from convert.pipeline import prepare, press, render
from convert.readers.wordpress.wxr import Reader
from convert.report import Report
from convert.world import DiskWorld
from convert.writers.base import Options

WP = "http://wordpress.org/export/1.2/"
HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:wp="{WP}" xmlns:excerpt="{WP}excerpt/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Site</title><language>en</language>
<wp:author><wp:author_login>ann</wp:author_login><wp:author_display_name>Ann Lee</wp:author_display_name></wp:author>
"""
POST = """<item><title>Story {0}</title><dc:creator>ann</dc:creator><content:encoded><![CDATA[{1}

<h3>Number {0}</h3>
[caption width='3']<img src='a.jpg'> A[/caption]]]></content:encoded><wp:post_id>{2}</wp:post_id>
<wp:post_name>story-{0}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>{3}</wp:meta_value></wp:postmeta></item>
"""
PICTURE = """<item><title>p{0}</title><excerpt:encoded>Picture {0}</excerpt:encoded><wp:post_id>{1}</wp:post_id>
<wp:post_type>attachment</wp:post_type><wp:attachment_url>https://example.org/p{0}.jpg</wp:attachment_url></item>
"""
WORDS = "The bridge over the harbour reopened on Monday, and nobody crossed it before noon – “at last”, they said. "


def main() -> None:
    """Make the site, go through it, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=1000, metavar="MB", help="size of the export")
    parser.add_argument("--convert", type=int, default=20, metavar="N", help="articles to make into Markdown")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "site.xml"
        with path.open("wb") as file:
            make(file, options.size * 1_000_000)
        run(path, options.convert)


def make(file: BinaryIO, size: int) -> None:
    """Write an export of about `size` bytes."""
    file.write(HEAD.encode())
    number = 0
    while file.tell() < size:
        number += 1
        file.write(post(number).encode())
    for picture in range(1, number + 1, 4):
        file.write(attachment(picture).encode())
    file.write(b"</channel></rss>\n")


def post(number: int) -> str:
    """One post with a picture above it, whose id is odd."""
    body = "\n\n".join(WORDS * 9 for _ in range(6))
    return POST.format(number, body, 2 * number, 2 * (number // 4 * 4 + 1) + 1)


def attachment(number: int) -> str:
    """One picture of the media library."""
    return PICTURE.format(number, 2 * number + 1)


def run(path: Path, convert: int) -> None:
    """Go through an export and print what it took."""
    config, world, reader = Config(), DiskWorld(), Reader()
    ready = press("markdown", config.theme, Options())
    began, count, pictures = time.perf_counter(), 0, 0
    for source in articles(path, world, config.limits):
        count += 1
        if count <= convert:
            render(prepare(source, config, world, Report()), ready)
        else:
            pictures += len(reader.read(source).value.document.assets) > 1
    taken = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = path.stat().st_size / 1e6
    print(f"{size:,.0f} MB, {count:,} articles, {pictures:,} with a picture: {taken:,.0f} s, peak {peak:,.0f} MiB")


if __name__ == "__main__":
    main()
