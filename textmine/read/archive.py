"""ZIP containers: opened within bounds, whether an archive of files or a DOCX, XLSX or OFD.

Refused: bombs (by declared and by real size, and by ratio), names that climb out of the archive,
encrypted members, archives inside archives.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from textmine.errors import ReadError
from textmine.read.source import Source
from textmine.records import Failure
from textmine.settings import ReadSettings

NAME = "zip"

MAX_RATIO = 200
"""Text shrinks up to about 30 times and blank tables to 100; bombs start at 1,000."""

MAX_MEMBERS = 100_000
_CHUNK = 1 << 20
_PARTS = ("word/", "xl/", "ppt/", "OFD.xml", "mimetype", "[Content_Types].xml")


def is_zip(data: bytes) -> bool:
    """Whether the bytes start as a ZIP container does."""
    return data[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def matches(source: Source) -> bool:
    """Whether this is an archive of files, not a document that is packed as one."""
    if not is_zip(source.data):
        return False
    return not any(name.startswith(_PARTS) for name in names(source.data))


def names(data: bytes) -> list[str]:
    """The members' names; empty when the container is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            return container.namelist()[:MAX_MEMBERS]
    except Exception:  # zipfile raises half a dozen kinds on damaged directories
        return []


def check(data: bytes, limits: ReadSettings) -> None:
    """Refuse a container whose members would unpack to more than they may.

    Raises
    ------
    ReadError
        For a damaged container, a bomb, an encrypted one, or XML that declares entities.
    """
    with _opened(data) as container:
        members = container.infolist()
        if any(member.flag_bits & 1 for member in members):
            raise ReadError("the file is encrypted", remedy="Save a copy without a password.")
        _refuse_bomb(sum(m.file_size for m in members), len(data), limits)
        for member in members:
            if member.filename.endswith((".xml", ".rels")):
                _refuse_entities(container, member)


def _refuse_entities(container: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Refuse XML with a document type, which must stand at its beginning."""
    try:
        with container.open(member) as stream:
            beginning = stream.read(4096)
    except Exception as error:  # zipfile raises half a dozen kinds on damaged members
        raise ReadError(
            f"a part of the document is damaged: {error}",
            place=member.filename,
            remedy="Get the file again.",
        ) from error
    if b"<!DOCTYPE" in beginning or b"<!ENTITY" in beginning:
        raise ReadError(
            "the document declares XML entities, as attacks do and office programs never do",
            place=member.filename,
            remedy="Leave it out, or open it in its own program and save it if you trust it.",
        )


def part(data: bytes, name: str, limits: ReadSettings) -> bytes:
    """One member's bytes, however much it claims to hold; empty when there is none."""
    with _opened(data) as container:
        if name not in container.namelist():
            return b""
        return _unpack(container, container.getinfo(name), limits.max_unpacked_mb * 2**20)


def members(source: Source, limits: ReadSettings) -> Iterator[Source | Failure]:
    """The files of an archive, one by one, named "archive.zip/member".

    Raises
    ------
    ReadError
        For a damaged archive, or one that would unpack to more than it may.
    """
    budget = limits.max_unpacked_mb * 2**20
    with _opened(source.data) as container:
        entries = container.infolist()
        if len(entries) > MAX_MEMBERS:
            raise ReadError(f"the archive holds {len(entries)} files", remedy="Unpack it by hand.")
        _refuse_bomb(sum(entry.file_size for entry in entries), len(source.data), limits)
        for entry in entries:
            if entry.is_dir() or _is_furniture(entry.filename):
                continue
            member = _member(source.path, container, entry, budget)
            if isinstance(member, Source):
                budget -= len(member.data)
            yield member


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except Exception as error:  # zipfile raises half a dozen kinds on damaged directories
        raise ReadError(
            f"the ZIP container is damaged: {error}", remedy="Get the file again."
        ) from error


def _refuse_bomb(unpacked: int, packed: int, limits: ReadSettings) -> None:
    if unpacked > limits.max_unpacked_mb * 2**20:
        raise ReadError(
            f"it would unpack to {unpacked / 2**20:.0f} MB, more than {limits.max_unpacked_mb} MB",
            remedy="Unpack it by hand, or raise read.max_unpacked_mb in textmine.toml.",
        )
    if unpacked > 2**20 and unpacked > MAX_RATIO * packed:
        raise ReadError(
            f"it would unpack to {unpacked // max(packed, 1)} times its size, as a bomb does",
            remedy="Leave it out, or unpack it by hand if you trust it.",
        )


def _member(
    path: str, container: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: int
) -> Source | Failure:
    name = _name(entry)
    source = f"{path}/{name}"
    if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name:
        shown = f"{path}/{name!r}"
        return Failure(
            shown, "read", "the name leads out of the archive", "", "Leave it out; it is a trick."
        )
    if entry.flag_bits & 1:
        return Failure(
            source, "read", "the member is encrypted", "", "Unpack it with its password."
        )
    try:
        data = _unpack(container, entry, budget)
    except ReadError as error:
        return Failure(source, "read", error.message, error.place, error.remedy)
    if is_zip(data) and matches(Source(source, data)):
        return Failure(source, "read", "an archive inside an archive", "", "Unpack the outer one.")
    return Source(source, data)


def _unpack(container: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: int) -> bytes:
    """A member's bytes, counted while unpacking: a header may lie about the size."""
    chunks, size = [], 0
    try:
        with container.open(entry) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > budget:
                    raise ReadError(
                        "it unpacks to more than read.max_unpacked_mb allows",
                        remedy="Unpack it by hand, or raise the limit in textmine.toml.",
                    )
                chunks.append(chunk)
    except ReadError:
        raise
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError) as error:
        raise ReadError(f"damaged in the archive: {error}", remedy="Get the file again.") from error
    except (NotImplementedError, RuntimeError) as error:
        raise ReadError(f"packed in a way not known here: {error}", remedy="Unpack it.") from error
    return b"".join(chunks)


def _name(entry: zipfile.ZipInfo) -> str:
    """The member's name; Chinese Windows tools write it in GBK without saying so."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return entry.filename


def _is_furniture(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rsplit("/", 1)[-1] in (".DS_Store", "Thumbs.db")
