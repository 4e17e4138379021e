"""Fit the trees of `convert/readers/html/selection/parts.json` on gold pages, and measure them held out by publisher.

    python -m benchmarks.structure.fit_page_parts BENCH_FOLDER [--write]

Needs numpy, scikit-learn and rapidfuzz, and trafilatura, whose choice stands in with a small weight where gold says
nothing of a piece; copydesk itself needs none of them. Only numbers are kept: no fact holds a word of a page.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import trafilatura
from selectolax.lexbor import LexborHTMLParser
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import GroupKFold

from benchmarks.structure.jsonl import read
from benchmarks.structure.predict import predict
from benchmarks.structure.printing import figure
from benchmarks.structure.scoring import COLUMNS, Scorer
from benchmarks.structure.sets import SETS, gold_of, questions
from convert.readers.html import selection
from convert.readers.html.charset import page_text
from convert.readers.html.guard import bounded
from convert.readers.html.selection import LIKELY, odds, without
from convert.readers.html.selection.glance import GLANCE, glance
from convert.readers.html.selection.piece_facts import FACTS, facts
from convert.readers.html.selection.pieces import key_of, scan
from convert.report import Report
from convert.world import Source

WEIGHTS = {"a_sh_full": 1.0, "a_fundus_full": 1.0, "a_moz_main": 0.5, "b_snip_html": 1.0}
"""What a page of each set weighs: gold of moz_main is another program's own choice."""
STAND_IN = 0.15
"""What trafilatura's choice weighs beside gold."""
FOLDS = 5
AT_A_GLANCE, OF_ALL = (12, 10, 0.25, 1.0), (70, 15, 0.13, 0.3)
"""Trees, leaves of a tree, learning rate and share of the facts that a split may use, of each of the two models."""
THINNED = 0.5
"""What a page weighs that was made out of another."""
OUT = Path(odds.__file__).with_name("parts.json")
SHORT, START = 12, 24
"""Letters of a text that is told by equality only, and of the start that is enough to tell a long one."""

Gold = list[tuple[str, str]]
Array = np.ndarray[Any, Any]


class Page:
    """One page: facts, letters and labels of its pieces (1 article, 0 not, -1 unknown), and what each weighs."""

    def __init__(self, name: str, item: dict[str, Any], html: str, body: str | None) -> None:
        self.set, self.page = name, item["page"]
        self.publisher = _publisher(item)
        self.html = page_text(Source(html.encode("utf-8", "surrogatepass"), "page", None), Report())
        self._look(self.html)
        if "with" in item:
            self.labels = np.array(list(_by_snippets(self.keys, item)), dtype=int)
        else:
            gold = [(key_of(block["text"]), block["role"]) for block in item["blocks"]]
            self.labels = np.array(list(_by_blocks(self.keys, gold, body)), dtype=int)
        size = np.log2(1 + np.array([len(key) for key in self.keys])) / 6
        known = self.labels >= 0
        self.weights = WEIGHTS[name] * np.where(known, size.clip(0.4, 1.5), 0.0)
        self.weights *= np.sqrt(100 / max(self.weights.sum(), 20))
        if name in ("b_snip_html", "a_moz_main"):
            chosen = _chosen(html, self.keys)
            self.weights += ~known * size.clip(0.2, 1.5) * STAND_IN * np.sqrt(100 / max((~known).sum(), 20))
            self.labels = np.where(known, self.labels, chosen)

    def _look(self, html: str) -> None:
        self.parts = scan(LexborHTMLParser(bounded(html, "").html))
        seen = list(glance(self.parts))
        rows = list(facts(self.parts, seen, range(len(seen))))
        self.rows = np.array(rows, dtype=np.float32).reshape(-1, len(FACTS))
        self.keys = [key_of(piece.text) for piece in self.parts.pieces]

    def thinned(self, share: float, *, named: bool, chance: random.Random) -> Page:
        """The page without a share of what is not of the article, and without names of its elements if not `named`.

        Pages of small sites and saved documents are like that, and no set has any.
        """
        page = copy(self)
        parser = LexborHTMLParser(bounded(self.html, "").html)
        parts = scan(parser)
        dead = without(parts, [label != 0 for label in self.labels])
        gone = {name for name in sorted(dead) if chance.random() < share}
        for node in [node for node in parser.css("body *") if node.mem_id in gone]:
            node.decompose()
        if not named:
            for node in parser.css("[class], [id]"):
                for name in ("class", "id"):
                    if name in node.attributes:
                        del node.attrs[name]
        labels, weights = (
            dict(zip(self.keys, self.labels, strict=True)),
            dict(zip(self.keys, self.weights, strict=True)),
        )
        page._look(parser.html or "")
        page.labels = np.array([labels.get(key, -1) for key in page.keys], dtype=int)
        page.weights = np.array([weights.get(key, 0.0) for key in page.keys]) * THINNED
        return page


def pages_of(folder: Path) -> Iterator[Page]:
    """The pages of all sets that say which parts are of the article."""
    html = {item["page"]: item["html"] for item in read(folder / "html_other.jsonl.gz")}
    bodies = {item["page"]: item for item in read(folder / "b_extract.jsonl.gz")}
    html |= {page: item["html"] for page, item in bodies.items()}
    for name in WEIGHTS:
        for item in read(folder / f"{name}.jsonl.gz"):
            body = bodies.get(item["page"])
            yield Page(
                name, item, item.get("html") or html[item["page"]], key_of(body["articleBody"]) if body else None
            )


def _publisher(item: dict[str, Any]) -> str:
    """One name a publisher, so that none stands on both sides of a fold."""
    if item.get("url"):
        parts = [p for p in urlsplit(item["url"]).netloc.lower().split(".") if p not in ("www", "com", "co", "org")]
        return max(parts or ["?"], key=len)
    return re.sub(r"_\d{4}.*", "", item["page"].split("/")[-1]).lower()


def _by_snippets(keys: list[str], item: dict[str, Any]) -> Iterator[int]:
    wanted, unwanted = ([key_of(text) for text in item[name]] for name in ("with", "without"))
    for key in keys:
        is_in, is_out = (any(text and text in key for text in texts) for texts in (wanted, unwanted))
        yield -1 if is_in == is_out else int(is_in)


def _by_blocks(keys: list[str], gold: Gold, body: str | None) -> Iterator[int]:
    """The label of the gold block in which a piece stands; of several, the nearest below the last one's."""
    text = "".join(key for key, _ in gold)
    owner = [at for at, (key, _) in enumerate(gold) for _ in key]
    done = 0
    for key in keys:
        sought = key if key and key in text else key[:START]
        places = [m.start() for m in re.finditer(f"(?={re.escape(sought)})", text)][:60] if sought else []
        if len(sought) < SHORT:
            places = [at for at in places if gold[owner[at]][0] == sought]
        role = "optional"
        if places:
            at = min(places, key=lambda at: at - done if at >= done - 5 else 3 * (done - at) + 50)
            done = at + len(sought)
            role = gold[owner[min(at + len(sought) // 2, len(owner) - 1)]][1]
        if role == "optional":
            yield int(key[:60] in body) if body is not None and len(key) >= SHORT else -1
        else:
            yield -1 if role == "title" else int(role == "content")


def _chosen(html: str, keys: list[str]) -> Array:
    """1 for pieces that trafilatura takes for the article's, in its order; 0 for the others, -1 where it finds none."""
    found = trafilatura.extract(html, fast=True, include_comments=False)
    text, done, chosen = key_of(found or ""), 0, []
    for key in keys:
        at = text.find(key[:80], max(0, done - 2) if len(key) < SHORT else 0) if key else -1
        is_in = at >= 0 and (len(key) >= SHORT or at - done < 60)
        done = at + len(key) if is_in and at - done < 60 else done
        chosen.append(int(is_in) if text else -1)
    return np.array(chosen, dtype=int)


class Fitted:
    """The two models of some pages."""

    def __init__(self, rows: Array, labels: Array, weights: Array) -> None:
        self.glance = _model(*AT_A_GLANCE).fit(rows[:, : len(GLANCE)], labels, sample_weight=weights)
        asked = self.glance.decision_function(rows[:, : len(GLANCE)]) >= odds.HOPELESS
        self.all = _model(*OF_ALL).fit(rows[asked], labels[asked], sample_weight=weights[asked])

    def chances(self, rows: Array) -> list[float]:
        """The chance of each piece, as `odds.chances` has it."""
        if not len(rows):
            return []
        scores = self.glance.decision_function(rows[:, : len(GLANCE)])
        asked = scores >= odds.HOPELESS
        if asked.any():
            scores[asked] = self.all.decision_function(rows[asked])
        return list(map(float, 1 / (1 + np.exp(-scores))))


def _model(trees: int, leaves: int, rate: float, share: float) -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        max_iter=trees, learning_rate=rate, max_leaf_nodes=leaves, l2_regularization=2, min_samples_leaf=20,
        max_features=share, random_state=0, early_stopping=False,
    )  # fmt: skip


def fitted(pages: list[Page]) -> Fitted:
    """The models of some pages."""
    chance = random.Random(1)  # noqa: S311  the same pages every time
    made = [
        page.thinned(share, named=named, chance=chance)
        for page in pages
        if page.set.startswith("a_")
        for share, named in ((1.0, False), (chance.random(), True))
    ]
    every = [*pages, *made]
    rows = np.concatenate([page.rows for page in every])
    labels = np.concatenate([page.labels for page in every])
    weights = np.concatenate([page.weights for page in every])
    known = (labels >= 0) & (weights > 0)
    return Fitted(rows[known], labels[known], weights[known])


def as_numbers(models: Fitted) -> list[dict[str, Any]]:
    """The models as `odds.py` reads them."""
    return [
        {
            "facts": list(names), "bias": round(float(model._baseline_prediction.ravel()[0]), 4),
            "trees": [_tree(predictors[0].nodes) for predictors in model._predictors],
        }
        for names, model in ((GLANCE, models.glance), (FACTS, models.all))
    ]  # fmt: skip


def _tree(nodes: Any) -> list[list[Any]]:
    order = [0]
    for at in order:  # grows while it is walked: a node stands before those below it
        if not nodes[at]["is_leaf"]:
            order += [below for side in ("left", "right") if not nodes[below := int(nodes[at][side])]["is_leaf"]]
    place = {at: number for number, at in enumerate(order)}

    def below(at: int) -> Any:
        return [round(float(nodes[at]["value"]), 4)] if nodes[at]["is_leaf"] else place[at]

    return [
        [int(nodes[at]["feature_idx"]), float(f"{nodes[at]['num_threshold']:.6g}"), below(int(nodes[at]["left"])),
         below(int(nodes[at]["right"]))]
        for at in order
    ]  # fmt: skip


def held_out(pages: list[Page]) -> dict[tuple[str, str], list[float]]:
    """The chances of each page's pieces, by its set and name, from trees that saw no page of its publisher."""
    found: dict[tuple[str, str], list[float]] = {}
    groups = [page.publisher for page in pages]
    for seen, unseen in GroupKFold(FOLDS, shuffle=True, random_state=1).split(pages, groups=groups):
        model = fitted([pages[at] for at in seen])
        for page in (pages[at] for at in unseen):
            found[page.set, page.page] = model.chances(page.rows)
    return found


def report(pages: list[Page], found: dict[tuple[str, str], list[float]]) -> str:
    """How well pieces that gold knows are told, a line a set."""
    lines = []
    for name in WEIGHTS:
        ours = [page for page in pages if page.set == name]
        chance = np.concatenate([found[name, page.page] for page in ours]) >= LIKELY
        label = np.concatenate([np.where(page.weights > 0, page.labels, -1) for page in ours])
        right, wrong, missed = (
            (chance & (label == 1)).sum(),
            (chance & (label == 0)).sum(),
            (~chance & (label == 1)).sum(),
        )
        lines.append(f"{name:14} pieces F1 {2 * right / (2 * right + wrong + missed):.4f}  {len(ours)} pages")
    return "\n".join(lines)


def road(folder: Path, found: dict[str, list[float]]) -> Iterator[str]:
    """The figures of the whole road, from page to blocks, with the chances of each page's pieces given."""
    scorer = Scorer(folder)
    fitted_chances = selection.chances
    for one in (one for one in SETS if one.form == "html" and one.mode != "meta"):
        counted = []
        for gold, (_, item) in zip(gold_of(folder, one), questions(folder, one), strict=True):
            selection.chances = lambda parts, page=item["page"]: found[page]
            counted.append(scorer.counts(one.mode, gold, predict(item, Report())))
        figures = scorer.figures(one.mode, counted)
        yield f"{one.name:14} " + "  ".join(f"{name} {figure(figures[name])}" for name in COLUMNS[one.mode])
    selection.chances = fitted_chances


def main() -> None:
    """Fit, measure, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="put the trees where copydesk reads them")
    asked = parser.parse_args()
    pages = list(pages_of(asked.folder))
    found = held_out(pages)
    print(report(pages, found))
    for line in road(asked.folder, {page: chances for (_, page), chances in found.items()}):
        print(line)
    if asked.write:
        OUT.write_text(json.dumps(as_numbers(fitted(pages)), separators=(",", ":")) + "\n")
        print(f"{OUT.name}: {OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
