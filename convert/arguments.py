"""What may stand on the command line."""

from __future__ import annotations

import argparse
from pathlib import Path

from convert import __version__

__all__ = ["make_parser"]


def make_parser() -> argparse.ArgumentParser:
    """The parser; `command` is what was asked for, None for nothing."""
    parser = argparse.ArgumentParser(
        prog="copydesk",
        description="Turn a news article in any state into Markdown, DOCX, PDF, XHTML and EPUB under one theme.",
    )
    parser.add_argument("--version", action="version", version=f"copydesk {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--config", type=Path, metavar="FILE", help="a configuration file that overrides the others")
    shared.add_argument("--debug", action="store_true", help="show where in the program an error arose")

    reading = argparse.ArgumentParser(add_help=False)
    reading.add_argument(
        "--from", dest="from_", default="", metavar="FORMAT", help="what the article is, if its name does not say"
    )
    reading.add_argument(
        "--refuse", action="append", default=[], metavar="ID", help="a change not to make (see explain); repeatable"
    )
    reading.add_argument(
        "--allow-embargoed", action="store_true",
        help="take articles under an embargo too; what is made of them has a banner that says so",
    )  # fmt: skip

    making = argparse.ArgumentParser(add_help=False)
    making.add_argument("articles", nargs="+", metavar="ARTICLE", help="a file, or - for standard input")
    making.add_argument("--theme", metavar="NAME|FILE", help="a theme's name or file (see copydesk themes)")
    making.add_argument("--fetch", action="store_true", help="fetch pictures from the network (public addresses only)")
    making.add_argument(
        "--images", choices=["all", "owned", "none"], help="which pictures may be used, by their rights"
    )
    making.add_argument("--force", action="store_true", help="replace files that are there already")
    making.add_argument("--report", type=Path, metavar="FILE.json", help="write all that was done and said as JSON")
    making.add_argument("--fail-on", choices=["loss", "doubt"], help="exit with 1 if a report holds one, or worse")
    loudness = making.add_mutually_exclusive_group()
    loudness.add_argument("-q", "--quiet", action="store_true", help="print errors only")
    loudness.add_argument("-v", "--verbose", action="store_true", help="print every message and change")

    convert = commands.add_parser("convert", parents=[shared, reading, making], help="convert articles")
    convert.add_argument("--to", metavar="FORMATS", help="output formats, parted by commas (see copydesk formats)")
    convert.add_argument("-o", "--output", metavar="DIR|-", help="the folder for the outputs, or - for standard output")
    convert.add_argument(
        "--pandoc-api", choices=["1.22", "1.23"], default="1.23",
        help="the version of pandoc's JSON to write (1.22 for pandoc 2, 1.23 for pandoc 3)",
    )  # fmt: skip
    convert.add_argument(
        "--pdf-standard", choices=["ua-1", "a-2a", "a-3a", "both", "none"],
        help="what PDFs conform to (both: PDF/UA-1 and PDF/A-3a, the default)",
    )  # fmt: skip
    convert.add_argument("--docx-toc", action="store_true", help="begin Word files with a table of contents")

    bind = commands.add_parser("bind", parents=[shared, reading, making], help="bind articles into one EPUB")
    bind.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FILE.epub", help="the file to make, in the articles' order"
    )
    bind.add_argument("--title", default="", metavar="TEXT", help="its title; without one, the publisher's name")

    explain = commands.add_parser("explain", parents=[shared, reading], help="show what cleaning changes, and why")
    explain.add_argument("article", metavar="ARTICLE", help="a file, or - for standard input")
    explain.add_argument("--html", type=Path, metavar="FILE", help="write a page instead of printing")
    explain.add_argument("--force", action="store_true", help="replace the page if it is there already")

    check = commands.add_parser("check", parents=[shared], help="hold finished files against the formats' validators")
    check.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a PDF, EPUB, DOCX or XHTML file")
    check.add_argument("--all", action="store_true", help="fail where a validator is not there (NOT RUN) too")

    commands.add_parser("formats", parents=[shared], help="list the formats")
    commands.add_parser("themes", parents=[shared], help="list the themes")
    commands.add_parser("schema", parents=[shared], help="print the JSON Schema of the document tree")
    return parser
