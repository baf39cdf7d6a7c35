"""From what a file says to a document: layout, front matter, headings, references, citations.

`document` decides between papers, policies and other texts; `references` and `parse_reference`
read cited works on their own.
"""

from textmine.parse.document import document
from textmine.parse.paper import parse_paper
from textmine.parse.record import from_record
from textmine.parse.reference_entry import parse_reference
from textmine.parse.references import references

__all__ = ["document", "from_record", "parse_paper", "parse_reference", "references"]
