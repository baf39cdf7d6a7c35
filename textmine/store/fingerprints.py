"""Hashes of our own code and data files: what was made by other code is made again."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any


@cache
def source_fingerprint(*parts: str) -> str:
    """12 hexadecimal digits of the source and data files of packages or modules of textmine.

    Parameters
    ----------
    parts
        Names below textmine, such as "parse" or "records".
    """
    digest = hashlib.sha256()
    root = resources.files("textmine")
    for part in parts:
        folder = root.joinpath(part)
        if folder.is_dir():
            _add_folder(digest, folder)
        else:
            digest.update(root.joinpath(part + ".py").read_bytes())
    return digest.hexdigest()[:12]


def _add_folder(digest: Any, folder: Traversable) -> None:
    for child in sorted(folder.iterdir(), key=lambda c: c.name):
        if child.is_dir() and child.name != "__pycache__":
            _add_folder(digest, child)
        elif child.is_file():
            digest.update(child.name.encode() + b"\0" + child.read_bytes())
