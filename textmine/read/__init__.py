"""Reading: bytes as found to raw texts and bibliographic records, or a reason why not.

The registry imports the libraries of every format, which takes longer than a search. It is loaded
when something is read; modules that need no more than a table of tags do without.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textmine.read.registry import FORMATS, read, sniff

__all__ = ["FORMATS", "read", "sniff"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from textmine.read import registry

    return getattr(registry, name)
