"""The change report of an update: JSON, a page, and an entry of an Atom feed.

Every update that changed or refused something leaves `NNNNNN.json` and `NNNNNN.html` in the
`changes` folder of the output; `feed.atom` there lists the newest. What comes from documents is
escaped: it is data.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape as xml_escape

from textmine.records import Failure
from textmine.store import Change, Workspace
from textmine.store.files import write_whole

FOLDER = "changes"
FEED_ENTRIES = 50
# A first build lists a hundred thousand documents; people read the first of them.
LISTED = 1000
VERBS = (("added", "新增"), ("changed", "变更"), ("removed", "移除"))


@dataclass(frozen=True, slots=True)
class ChangeReport:
    """What one update changed.

    Attributes
    ----------
    generation
        Of the catalogue after it.
    at
        When it ended, in UTC.
    counts
        Documents added, changed, removed; inputs refused in all; documents indexed.
    changes
        What became of each document.
    refused
        What is refused now and was not before.
    admitted
        What was refused before and is no longer.
    """

    generation: int
    at: str
    counts: dict[str, int]
    changes: tuple[Change, ...]
    refused: tuple[Failure, ...]
    admitted: tuple[Failure, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.changes or self.refused or self.admitted)

    def as_plain(self) -> dict[str, Any]:
        """JSON-ready values; at most `LISTED` documents of each kind are named."""
        by_verb = {
            verb: [asdict(c) for c in self.changes if c.verb == verb][:LISTED] for verb, _ in VERBS
        }
        return {
            "generation": self.generation,
            "at": self.at,
            "counts": self.counts,
            "documents": by_verb,
            "refused": [asdict(failure) for failure in self.refused],
            "no_longer_refused": [failure.source for failure in self.admitted],
        }


def write_changes(workspace: Workspace, report: ChangeReport) -> Path | None:
    """Write the report of an update and renew the feed; None when there is nothing to tell."""
    if report.is_empty:
        return None
    folder = workspace.output / FOLDER
    # Two updates may leave the same generation, when only refusals changed.
    stamp = report.at.translate({ord(c): None for c in "-:"})
    name = f"{report.generation:06}-{stamp}"
    text = json.dumps(report.as_plain(), ensure_ascii=False, indent=1)
    write_whole(folder / f"{name}.json", text + "\n")
    page = write_whole(folder / f"{name}.html", _page(workspace, report))
    write_whole(folder / "feed.atom", _feed(workspace, reports(workspace)))
    return page


def reports(workspace: Workspace, *, since: str = "") -> list[tuple[Path, dict[str, Any]]]:
    """The reports of updates that ended at or after a time (ISO 8601, UTC), the newest first."""
    found = []
    for path in sorted((workspace.output / FOLDER).glob("*.json"), reverse=True):
        try:
            plain = json.loads(path.read_text(encoding="utf-8"))
            if plain["at"] >= since:
                found.append((path, plain))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return sorted(found, key=lambda pair: (pair[1]["at"], pair[0].name), reverse=True)


def headline(counts: dict[str, int]) -> str:
    """What an update came to, in one line of both languages."""
    zh = "，".join(f"{name} {counts[verb]}" for verb, name in VERBS)
    en = ", ".join(f"{counts[verb]} {verb}" for verb, _ in VERBS)
    return f"{zh}，拒收 {counts['refused']} / {en}, {counts['refused']} refused"


def _page(workspace: Workspace, report: ChangeReport) -> str:
    parts = [_table(f"{zh} / {verb}", _documents(report, verb)) for verb, zh in VERBS]
    refused = [(f.source, f.reason, f.remedy) for f in report.refused]
    parts.append(_table("新拒收 / newly refused", refused))
    parts.append(
        _table("不再拒收 / no longer refused", [(f.source, f.reason) for f in report.admitted])
    )
    name = escape(workspace.settings.workspace.name)
    title = f"{name} · {report.generation} · {report.at}"
    return (
        '<!doctype html><html lang="zh"><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy"'
        " content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{title}</title>"
        "<style>body{font:16px/1.6 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
        "table{border-collapse:collapse;width:100%}td{border-bottom:1px solid #ccc;padding:.3em;"
        "overflow-wrap:anywhere;vertical-align:top}</style>"
        f"<h1>{title}</h1><p>{escape(headline(report.counts))}</p>{''.join(parts)}</html>\n"
    )


def _documents(report: ChangeReport, verb: str) -> list[tuple[object, ...]]:
    return [(c.title or "–", c.year or "–", c.path) for c in report.changes if c.verb == verb]


def _table(title: str, rows: Sequence[Sequence[object]]) -> str:
    if not rows:
        return ""
    lines = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>"
        for row in rows[:LISTED]
    )
    return f"<h2>{title} ({len(rows)})</h2><table>{lines}</table>"


def _feed(workspace: Workspace, found: Sequence[tuple[Path, dict[str, Any]]]) -> str:
    """An Atom feed (RFC 4287) of the newest reports; links are relative to it."""
    name = xml_escape(_plain(workspace.settings.workspace.name))
    newest = found[0][1]["at"] if found else "1970-01-01T00:00:00Z"
    entries = "".join(_entry(workspace, path, plain) for path, plain in found[:FEED_ENTRIES])
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<id>{_name(workspace, 'feed')}</id>\n<title>{name}</title>\n"
        f"<updated>{newest}</updated>\n<author><name>textmine</name></author>\n"
        f'<link rel="self" href="feed.atom"/>\n{entries}</feed>\n'
    )


def _entry(workspace: Workspace, path: Path, plain: dict[str, Any]) -> str:
    titles = [
        f"{zh}：{change['title'] or change['path']}"
        for verb, zh in VERBS
        for change in plain["documents"][verb][:20]
    ]
    titles += [
        f"拒收：{failure['source']}：{failure['reason']}" for failure in plain["refused"][:20]
    ]
    return (
        f"<entry>\n<id>{_name(workspace, path.stem)}</id>\n"
        f"<title>{xml_escape(headline(plain['counts']))}</title>\n"
        f"<updated>{plain['at']}</updated>\n"
        f'<link rel="alternate" type="text/html" href="{path.stem}.html"/>\n'
        f'<content type="text">{xml_escape(_plain(chr(10).join(titles)))}</content>\n</entry>\n'
    )


def _name(workspace: Workspace, part: str) -> str:
    return uuid5(NAMESPACE_URL, f"textmine:{workspace.settings.workspace.name}:{part}").urn


def _plain(text: str) -> str:
    """Text without the control characters that XML does not allow."""
    return "".join(c for c in text if c in "\n\t" or (c >= " " and c not in "\ufffe\uffff"))
