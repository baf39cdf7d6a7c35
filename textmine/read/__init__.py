"""Reading: bytes as found to raw texts and bibliographic records, or a reason why not."""

from textmine.read.registry import FORMATS, read, sniff

__all__ = ["FORMATS", "read", "sniff"]
