"""Search the index and print the hits as a table for a spreadsheet.

    python scripts/query_index.py [WORKSPACE] QUERY > hits.csv

For the query language see `textmine search --help`.
"""

import csv
import sys
from pathlib import Path

from textmine.store import Workspace
from textmine.store.index import SearchIndex

PAGE = 100


def main(folder: str, query: str) -> None:
    """Print all hits of a query, best first."""
    space = Workspace.find(Path(folder))
    rows = csv.writer(sys.stdout)
    rows.writerow(("id", "year", "kind", "title", "snippet"))
    with space.catalogue() as catalogue:
        index = SearchIndex(space, catalogue)
        offset, total = 0, 1
        while offset < total:
            page = index.search(query, limit=PAGE, offset=offset)
            for hit in page.hits:
                rows.writerow((hit.id, hit.year, hit.kind, hit.title, hit.snippet))
            offset, total = offset + PAGE, page.total


if __name__ == "__main__":
    main(*sys.argv[1:] if len(sys.argv) > 2 else (".", sys.argv[1]))
