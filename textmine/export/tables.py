"""Tables of documents for spreadsheets: CSV and xlsx, in which nothing is run as a formula."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from textmine.export.gbt7714 import reference
from textmine.export.work import Work, work
from textmine.records import Document
from textmine.store.files import neutral

COLUMNS = (
    *("id", "kind", "title", "title_en", "authors", "affiliations", "issuers", "year", "date"),
    *("journal", "volume", "issue", "pages", "doi", "doc_number", "doc_type", "level", "region"),
    *("keywords", "keywords_en", "abstract", "source", "reference"),
)
CELL = 32_767  # characters that a cell of Excel holds
EPOCH = (1980, 1, 1, 0, 0, 0)  # of every part of the file: the same table gives the same bytes
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def rows(documents: Sequence[tuple[str, Document]]) -> list[dict[str, str]]:
    """One row a document: `COLUMNS`; several values are parted by semicolons."""
    return [_row(doc_id, document, work(doc_id, document)) for doc_id, document in documents]


def csv(documents: Sequence[tuple[str, Document]]) -> bytes:
    """UTF-8 with a byte order mark, so that Excel opens it right."""
    table = pd.DataFrame(rows(documents), columns=list(COLUMNS)).map(neutral)
    text: str = table.to_csv(index=False, lineterminator="\r\n")
    return ("\ufeff" + text).encode("utf-8", "replace")


def xlsx(documents: Sequence[tuple[str, Document]]) -> bytes:
    """A workbook of one sheet; see `workbook`."""
    return workbook("documents", COLUMNS, rows(documents))


def workbook(name: str, columns: Sequence[str], table: Iterable[Mapping[str, str]]) -> bytes:
    """A workbook of one sheet; every cell is text, whatever it begins with."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    sheet.append(list(columns))
    for row in table:
        cells = []
        for column in columns:
            cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", row[column])[:CELL])
            cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    made = io.BytesIO()
    book.save(made)
    return timeless(made.getvalue())


def _row(doc_id: str, document: Document, cited: Work) -> dict[str, str]:
    listed = ("authors", "affiliations", "issuers", "keywords", "keywords_en")
    own = {name: "; ".join(getattr(document, name)) for name in listed}
    plain = ("kind", "title", "title_en", "date", "journal", "volume", "issue", "doi")
    more = ("doc_number", "doc_type", "level", "region", "abstract", "source")
    own |= {name: getattr(document, name) for name in (*plain, *more)}
    return own | {
        "id": doc_id,
        "year": cited.year,
        "pages": cited.pages,
        "reference": reference(cited, edition="2015"),
    }


def timeless(data: bytes) -> bytes:
    """The same file without the time at which it was written."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.infolist():
            content = _TIMES.sub(rb"\g<1>1980-01-01T00:00:00Z", old.read(part))
            new.writestr(zipfile.ZipInfo(part.filename, EPOCH), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
