"""The two faces of change reports: a page for people and an Atom feed for their readers.

What comes from documents is data: it is escaped, and the page forbids scripts.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape as xml_escape

from textmine.update.telling import Plain, Section, headline, sections

# Of each section an entry of the feed shows the first rows; the page has all.
IN_FEED = 20
STYLE = (
    "body{font:16px/1.6 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse;width:100%}"
    "th{text-align:left;font-weight:normal;color:#555}"
    "th,td{border-bottom:1px solid #ccc;padding:.3em;overflow-wrap:anywhere;vertical-align:top}"
)


def page(name: str, report: Plain) -> str:
    """A report as one HTML page that needs nothing else."""
    title = escape(f"{name} · {report['generation']} · {report['at']}")
    since = (report.get("findings") or {}).get("since_generation")
    compared = (
        ""
        if since is None
        else f"<p>结果与第 {int(since)} 版相比 / results are compared with generation {int(since)}</p>"
    )
    return (
        '<!doctype html><html lang="zh"><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy"'
        " content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{STYLE}</style>"
        f"<h1>{title}</h1><p>{escape(headline(report['counts']))}</p>{compared}"
        f"{''.join(map(_table, sections(report)))}</html>\n"
    )


def _table(section: Section) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in section.header)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>"
        for row in section.rows
    )
    title = escape(f"{section.zh} / {section.en} ({len(section.rows)})")
    return f"<h2>{title}</h2><table><tr>{head}</tr>{rows}</table>"


def feed(name: str, reports: Sequence[tuple[str, Plain]]) -> str:
    """An Atom feed (RFC 4287); links are relative to it.

    Parameters
    ----------
    reports
        Name of the page without `.html`, and report, the newest first.
    """
    newest = max((_updated(report) for _, report in reports), default="1970-01-01T00:00:00Z")
    entries = "".join(_entry(name, stem, report) for stem, report in reports)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<id>{_urn(name, 'feed')}</id>\n<title>{xml_escape(_plain(name))}</title>\n"
        f"<updated>{newest}</updated>\n<author><name>textmine</name></author>\n"
        f'<link rel="self" href="feed.atom"/>\n{entries}</feed>\n'
    )


def _entry(name: str, stem: str, report: Plain) -> str:
    lines = []
    for section in sections(report):
        lines.append(f"{section.zh} / {section.en} ({len(section.rows)})")
        lines += ["· " + " | ".join(map(str, row)) for row in section.rows[:IN_FEED]]
    return (
        f"<entry>\n<id>{_urn(name, stem)}</id>\n"
        f"<title>{xml_escape(headline(report['counts']))}</title>\n"
        f"<updated>{xml_escape(_updated(report))}</updated>\n"
        f'<link rel="alternate" type="text/html" href="{stem}.html"/>\n'
        f'<content type="text">{xml_escape(_plain(chr(10).join(lines)))}</content>\n</entry>\n'
    )


def _updated(report: Plain) -> str:
    """When the report was last added to: results are compared after the documents are in."""
    return str(report.get("updated", report["at"]))


def _urn(name: str, part: str) -> str:
    return uuid5(NAMESPACE_URL, f"textmine:{name}:{part}").urn


def _plain(text: str) -> str:
    """Text without the control characters that XML does not allow."""
    return "".join(c for c in text if c in "\n\t" or (c >= " " and c not in "\ufffe\uffff"))
