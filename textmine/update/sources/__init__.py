"""Where new files come from, besides what people put into the documents folder themselves.

    [[source]] in textmine.toml ──▶ what it offers ──▶ documents/NAME/ ──▶ the ordinary update

A source adds and replaces files below a folder of its own; it withdraws none, and a file that
somebody removed there stays removed until the source offers another version.
"""

from textmine.update.sources.contract import Delivery, Mark
from textmine.update.sources.fetching import Fetched, due, fetch, left_failures

__all__ = ["Delivery", "Fetched", "Mark", "due", "fetch", "left_failures"]
