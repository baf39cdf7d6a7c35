"""Which formats there are, and how a file finds its own.

Adding a format is one module (`NAME`, `matches`, `read`) and one line in `FORMATS`.
"""

from __future__ import annotations

from textmine.errors import ReadError
from textmine.read import (
    archive,
    bibtex,
    cssci,
    delimited,
    docx,
    endnote,
    html,
    html_table,
    jsonlines,
    keyed_lines,
    labelled,
    mhtml,
    noteexpress,
    ofd,
    office,
    pdf,
    plaintext,
    reference_list,
    refused,
    refworks,
    ris,
    spreadsheet,
    tmx,
    wos,
)
from textmine.read.source import Format, Source
from textmine.records import Failure, RawFile, RawRecord, RawText
from textmine.settings import ReadSettings

_DEFAULTS = ReadSettings()

FORMATS: tuple[Format, ...] = (
    # Told by magic numbers: these see the bytes only.
    pdf,
    docx,
    spreadsheet,
    ofd,
    office,
    refused,
    mhtml,
    # Told by their text, the most particular first.
    tmx,
    html_table,
    html,
    ris,
    endnote,
    noteexpress,
    refworks,
    wos,
    cssci,
    labelled,
    bibtex,
    reference_list,
    jsonlines,
    keyed_lines,
    delimited,
    plaintext,
)


def sniff(file: RawFile) -> str:
    """The name of a file's format, decided by its content.

    Returns
    -------
    str
        A format's name; "zip" for an archive of files; "unknown" for what no format accepts.
    """
    source = Source(file.path, file.data)
    if archive.matches(source):
        return archive.NAME
    try:
        return _format_of(source).NAME
    except ReadError:
        return "unknown"


def read(file: RawFile, limits: ReadSettings = _DEFAULTS) -> list[RawText | RawRecord | Failure]:
    """Read one file of any known format.

    Parameters
    ----------
    file
        Name and bytes.
    limits
        Sizes beyond which a file is refused.

    Returns
    -------
    list
        One item per text or record; for a file that cannot be read one `Failure` that says why
        and what would help. Members of an archive are named "archive.zip/member".
    """
    if len(file.data) > limits.max_file_mb * 2**20:
        return [_too_large(file, limits)]
    source = Source(file.path, file.data)
    if not archive.matches(source):
        return _read_one(source, limits)
    items: list[RawText | RawRecord | Failure] = []
    try:
        for member in archive.members(source, limits):
            items += [member] if isinstance(member, Failure) else _read_one(member, limits)
    except ReadError as error:
        items.append(_failure(source, error))
    return items


def _format_of(source: Source) -> Format:
    return next(form for form in FORMATS if form.matches(source))


def _read_one(source: Source, limits: ReadSettings) -> list[RawText | RawRecord | Failure]:
    if not source.data.strip():
        return [Failure(source.path, "read", "the file is empty", remedy="Get it again.")]
    try:
        return list(_format_of(source).read(source, limits))
    except ReadError as error:
        return [_failure(source, error)]
    except MemoryError:
        raise  # the limit of this process, not a damaged file
    except Exception as error:
        # Libraries raise all kinds of exceptions on damaged files; a file must not stop a run.
        reason = f"the file is damaged: {type(error).__name__}: {error}"[:500]
        return [
            Failure(source.path, "read", reason, remedy="Open it in its own program and save it.")
        ]


def _failure(source: Source, error: ReadError) -> Failure:
    return Failure(source.path, "read", error.message, error.place, error.remedy)


def _too_large(file: RawFile, limits: ReadSettings) -> Failure:
    size = len(file.data) / 2**20
    return Failure(
        file.path,
        "read",
        f"the file has {size:.0f} MB, more than {limits.max_file_mb} MB",
        remedy="Split it, or raise read.max_file_mb in textmine.toml.",
    )
