"""What is kept on disk: the catalogue (the truth), what is derived from it, and the workspace.

The first shells of the package. Stages before this part know nothing of files.
"""

from textmine.store.catalogue import Catalogue, Change, FileRow, Parsed, UpdateRow
from textmine.store.derived import DerivedStore
from textmine.store.workspace import Workspace

__all__ = ["Catalogue", "Change", "DerivedStore", "FileRow", "Parsed", "UpdateRow", "Workspace"]
