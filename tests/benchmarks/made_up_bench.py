"""A tiny folder of the benchmark, made up: gold files, peers' figures, a scorer with the real one's functions."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

SENTINEL = "ANSWER"
"""Stands in every field that a prediction must not see."""

PEERS = """\
set            peer                  n micro macro | title head  para  list  row  | cells exact | loss  leak  dup   | space
sh_main        oracle                2 1.000 1.000 | 1.000 1.000 1.000   -     -  |   -     -   | 0.000 0.000 0.000 |   -  
sh_main        simple++              2 0.771 0.516 | 0.569 0.280 0.898 0.834 0.000 | 0.000 0.000 | 0.000 1.000 0.750 |   -  
sh_main        tool-a                2 0.684 0.182 | 0.000   -   0.759 0.152 0.000 | 0.000 0.000 | 0.001 0.988 0.417 |   -  
sh_main        tool-b                2 0.738 0.175 | 0.000 0.261 0.711 0.164 0.000 | 0.000 0.000 | 0.062 0.885 0.333 |   -  
"""  # noqa: W291 - so is the file
EXTRACTION = """\
2:b_extract    tool-a                   dev      {'items': 2, 'F1': 0.8365, 'P': 0.9083, 'R': 0.7752, 'acc': 0.2235}
5:b_meta       tool-b                   dev      {'items': 2, 'title_exact': 0.5, 'authors_F1': 0.5, 'date_day': 0.75}
"""
SCORER = """
from collections import Counter
import statistics

def key(text):
    return "".join(c for c in (text or "").casefold() if c.isalnum())

def ptext(p):
    return p.get("text") or "\\n".join(b["text"] for b in p.get("blocks") or [])

def prf(tp, fp, fn):
    p, r = tp / (tp + fp) if tp + fp else 0.0, tp / (tp + fn) if tp + fn else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0

def score_item(g, p):
    R, said = Counter(), {key(b["text"]): b["type"] for b in p.get("blocks") or []}
    for b in g["blocks"]:
        words = len(b["text"].split())
        if b["role"] == "boilerplate":
            R["b_tok"] += words
            R["b_leak"] += words * (key(b["text"]) in said)
        else:
            right = said.get(key(b["text"])) == b["type"]
            R["tp" if right else "fn", b["type"]] += 1
    gm, meta = g.get("meta") or {}, p.get("meta") or {}
    if gm.get("title"):
        R["m_title_n"] += 1
        R["m_title_ok"] += key(gm["title"]) == key(meta.get("title"))
    return R

def summarise(R):
    kinds = {k[1] for k in R if isinstance(k, tuple)}
    types = {t: {"F1": prf(R["tp", t], R["fp", t], R["fn", t])[2]} for t in kinds}
    total = [sum(R[what, t] for t in kinds) for what in ("tp", "fp", "fn")]
    o = {"types": types, "micro_F1": prf(*total)[2], "macro_F1": None, "loss": None, "dup_leak": None}
    o["leak"] = R["b_leak"] / R["b_tok"] if R["b_tok"] else None
    if R["m_title_n"]:
        o["meta"] = {"title_exact": R["m_title_ok"] / R["m_title_n"]}
    return o

def cmd_meta(gold, preds):
    return {"ALL": {"title_close": float(key(gold[0]["meta"]["title"]) == key((preds[0].get("meta") or {}).get("title")))}}

def cmd_snippets(gold, preds):
    k, g = key(ptext(preds[0])), gold[0]
    return {"ALL": {"with": len(g["with"]), "without": len(g["without"]),
                    "leaked": sum(key(w) in k for w in g["without"]), "lost": sum(key(w) not in k for w in g["with"])}}

def sh_tpfpfn(true, pred):
    a, b = set(true.split()), set(pred.split())
    return len(a & b), len(b - a), len(a - b)

def sh_metrics(v):
    p, r, f1 = prf(*map(sum, zip(*v)))
    return {"F1": f1, "P": p, "R": r}

def cmd_extract(gold, preds, boot=300):
    return {"ALL": {"acc": float(gold[0]["articleBody"].split() == ptext(preds[0]).split())}}
"""

TEXT = """Harbour bridge opens

The new bridge across the harbour opened on Monday after three years of work by two hundred people.

Most of them came from the towns along the coast, where the work had been missed for a long time.
"""
BODY = TEXT.split("\n\n")[1:]


def page(number: int) -> str:
    paragraphs = "".join(f"<p>{text.strip()}</p>" for text in BODY)
    return f"<!doctype html><html><head><title>Bridge {number}</title></head><body><article><h1>Bridge {number}</h1>{paragraphs}</article></body></html>"


def block(kind: str, text: str, role: str = "content") -> dict[str, Any]:
    return {"type": kind, "text": text, "role": role, "why": SENTINEL}


def make(folder: Path) -> Path:
    """The folder, with sets of two items."""
    blocks = [
        block("title", TEXT.split("\n", 1)[0], "title"),
        *(block("paragraph", text.strip()) for text in BODY),
        block("heading", "3 comments", "boilerplate"),
        block("paragraph", f"{SENTINEL} said a reader of this page", "boilerplate"),
    ]
    meta = {"title": "Bridge 1", "authors": [SENTINEL], "date": SENTINEL}
    texts, pages = [], []
    for k in (1, 2):
        common = {"page": f"made-up/{k}", "lang": "en", "url": f"https://news.example/{k}"}
        texts.append({"id": f"made-up/{k}#sh_main", **common, "set": "sh_main", "text": TEXT, "blocks": blocks})
        pages.append({"id": f"made-up/{k}", **common, "set": "any", "html": page(k)})
    _write(folder, "a_sh_main", texts)
    full = [{k: v for k, v in item.items() if k != "text"} | {"set": "sh_full", "text": SENTINEL} for item in texts]
    _write(folder, "a_sh_full", full)
    _write(folder, "b_extract", [{**item, "articleBody": f"{SENTINEL} {BODY[0]}"} for item in pages])
    _write(folder, "b_snip_html", [{**item, "with": [BODY[0]], "without": [SENTINEL]} for item in pages])
    _write(folder, "html_other", [{"page": item["page"], "html": item["html"]} for item in pages])
    _write(folder, "b_meta", [{k: v for k, v in item.items() if k != "html"} | {"meta": meta} for item in pages])
    (folder / "score.py").write_text(SCORER, "utf-8")
    (folder / "peers-blocks.txt").write_text(PEERS, "utf-8")
    (folder / "peers-extraction.txt").write_text(EXTRACTION, "utf-8")
    return folder


def _write(folder: Path, name: str, items: list[dict[str, Any]]) -> None:
    with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(item) + "\n" for item in items)
