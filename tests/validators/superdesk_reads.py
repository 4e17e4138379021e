"""Read items by Superdesk's own feed parsers, and print what they make of each, a line of JSON a file.

Superdesk is a whole newsroom system: its parsers are taken from its wheel without its servers, databases and
queues, and what they import of those stands empty here. Called as `python superdesk_reads.py FOLDER FILE...`.
"""

from __future__ import annotations

import json
import sys
import types
from collections.abc import Sequence
from enum import Enum
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from unittest.mock import MagicMock

ABSENT = (
    "apps", "redis", "flask_mail", "mongolock", "arrow", "authlib", "babel", "blinker", "boto3", "bson", "celery", "cerberus", "chardet", "croniter",
    "draftjs_exporter", "elasticsearch", "eve", "eve_elastic", "flask", "flask_babel", "hachoir", "hermes", "kombu",
    "magic", "pymongo", "raven", "regex", "requests", "tzlocal", "unidecode", "werkzeug",
    "superdesk.default_settings", "superdesk.errors", "superdesk.io.iptc", "superdesk.media", "superdesk.notification",
    "superdesk.storage", "superdesk.upload", "superdesk.utils",
)  # fmt: skip
"""What stands empty: servers and their clients, and Superdesk's modules about them."""

EMPTY_PACKAGES = ("superdesk", "superdesk.io")
"""Superdesk's packages whose own module starts the whole system."""


class SkipValue(Exception):  # noqa: N818
    """Superdesk's name and word for "leave this field out"."""


MAKERS = ("nitfParserError", "newsmlTwoParserError", "parseMessageError")
"""What makes Superdesk's errors: each is handed the cause, which is raised as it is."""

GIVEN: dict[str, dict[str, object]] = {
    "superdesk.errors": {
        "SkipValue": SkipValue,
        "ParserError": types.SimpleNamespace(**dict.fromkeys(MAKERS, lambda cause, *_: cause)),
    },
    "superdesk.utils": {"SuperdeskBaseEnum": Enum},
}
"""What of them must be more than empty: classes that others are made of, and one that is raised."""


class Absent(MetaPathFinder, Loader):
    """Answers every import of what is absent by a module that has everything and does nothing."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        found = any(name == each or name.startswith(each + ".") for each in ABSENT)
        return ModuleSpec(name, self, is_package=True) if found else None

    def create_module(self, spec: ModuleSpec) -> types.ModuleType:
        module = MagicMock(name=spec.name)
        module.__path__ = []
        for name, value in GIVEN.get(spec.name, {}).items():
            setattr(module, name, value)
        return module  # type: ignore[return-value]

    def exec_module(self, module: types.ModuleType) -> None: ...


def main(folder: str, files: Sequence[str]) -> None:
    sys.meta_path.insert(0, Absent())
    sys.path.insert(0, folder)
    for name in EMPTY_PACKAGES:
        package = types.ModuleType(name)
        package.__path__ = [f"{folder}/{name.replace('.', '/')}"]
        package.__getattr__ = lambda _: MagicMock()  # type: ignore[method-assign]
        sys.modules[name] = package

    from lxml import etree
    from superdesk.io.feed_parsers.ap_media import APMediaFeedParser
    from superdesk.io.feed_parsers.newsml_2_0 import NewsMLTwoFeedParser
    from superdesk.io.feed_parsers.ninjs import NINJSFeedParser
    from superdesk.io.feed_parsers.nitf import NITFFeedParser

    for file in files:
        data = Path(file).read_bytes()
        if file.endswith(".json"):
            item = json.loads(data)
            if "data" in item:
                print(json.dumps(APMediaFeedParser().parse(item, {}), default=str))
            else:
                print(json.dumps(NINJSFeedParser()._transform_from_ninjs(item), default=str))
        else:
            element = etree.fromstring(data)
            parser = NITFFeedParser() if etree.QName(element).localname == "nitf" else NewsMLTwoFeedParser()
            print(json.dumps(parser.parse(element, {}), default=str))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
