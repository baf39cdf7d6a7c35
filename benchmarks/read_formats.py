"""Field accuracy and speed of reading, per format, on real files.

    TEXTMINE_DATA=/path/to/data python benchmarks/read_formats.py

prints the tables of docs/formats.md. A field counts as right when it equals the known truth,
white space aside. Where there is no truth, two independent things are compared: the same record
in two formats, or the number of values with the number of tags counted in the raw text.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from textmine.parse.record import from_record
from textmine.read import read
from textmine.records import Document, RawFile, RawRecord, RawText

DATA = Path(os.environ.get("TEXTMINE_DATA", ""))
FIELDS = (
    "title", "authors", "affiliations", "journal", "year", "volume", "issue", "page_first",
    "page_last", "keywords", "abstract", "issn", "doi",
)  # fmt: skip
LABELS = {
    "index_no": "索引号", "title": "标题", "issuer": "发文机关", "doc_no": "发文字号",
    "date_written": "成文日期", "date_published": "发布日期", "topic": "主题分类",
    "subject_words": "主题词",
}  # fmt: skip
Row = tuple[str, str, int, int]
"""Format, what it was compared with, right values, all values."""


def records(name: str) -> list[RawRecord]:
    """The records of an export file; fails where something else comes out."""
    items = read(RawFile(name, (DATA / "records" / name).read_bytes()))
    found = [item for item in items if isinstance(item, RawRecord)]
    assert len(found) == len(items), name
    return found


def only_text(name: str, content: bytes) -> RawText:
    """The one text of a file that must be read as text."""
    (item,) = read(RawFile(name, content))
    assert isinstance(item, RawText), item
    return item


def documents(name: str) -> list[Document]:
    return [from_record(record) for record in records(name)]


def squeezed(text: object) -> str:
    return "".join(str(text or "").split())


def agreement(ours: Iterable[Document], truth: Iterable[Document]) -> tuple[int, int]:
    pairs = [
        (getattr(a, field), getattr(b, field))
        for a, b in zip(ours, truth, strict=True)
        for field in FIELDS
    ]
    return sum(a == b for a, b in pairs), len(pairs)


def tag_counts(name: str, pattern: str) -> tuple[int, int]:
    """Values that were read against the filled tags that the raw text holds."""
    text = (DATA / "records" / name).read_text(encoding="utf-8-sig")
    expected = len(re.findall(pattern, text, re.MULTILINE))
    found = sum(len(values) for item in records(name) for values in item.fields.values())
    return min(found, expected), max(found, expected)


def html() -> Iterator[Row]:
    folder = DATA / "policy/state-council-pages"
    fields = texts = count = 0
    for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        page = only_text(record["file"], (folder / Path(record["file"]).name).read_bytes())
        count += 1
        for name, label in LABELS.items():
            value = page.metadata.get(label, "")
            if name.startswith("date"):
                value = "-".join(re.findall(r"\d+", value))
            fields += squeezed(value) == squeezed(record[name])
        known = squeezed(record["text"]).removesuffix("扫一扫在手机打开当前页-->")
        texts += squeezed(page.text) == known
    yield "HTML (gov.cn), metadata", "truth.jsonl", fields, count * len(LABELS)
    yield "HTML (gov.cn), text", "truth.jsonl, its furniture line aside", texts, count


def docx() -> Iterator[Row]:
    paths = sorted((DATA / "policy/city-work-reports-2024").glob("*.docx"))
    right = 0
    for path in paths:
        item = only_text(path.name, path.read_bytes())
        right += squeezed(item.text) == squeezed(path.with_suffix(".txt").read_text("utf-8"))
    yield "DOCX, text", "the TXT of each", right, len(paths)


def text() -> Iterator[Row]:
    paths = sorted((DATA / "policy/central-work-reports").glob("*年*.txt"))
    for encoding in ("utf-8", "gb18030", "utf-16-le", "utf-16-be"):
        right = 0
        for path in paths:
            content = path.read_text(encoding="utf-8")
            item = only_text(path.name, content.encode(encoding))
            right += (item.encoding, item.text) == (encoding, content.replace("\r\n", "\n"))
        yield f"plain text in {encoding}", "the same text in UTF-8", right, len(paths)


def exports() -> Iterator[Row]:
    folder = "cnki_noteexpress_with_bib_truth"
    for name in ("Classic5Test", "mixed"):
        for style in ("nameyear", "title"):
            found = agreement(
                documents(f"{folder}/{name}.net"), documents(f"{folder}/{style}-{name}.bib")
            )
            yield f"NoteExpress, {name}", f"BibTeX, {style}", *found
    folder = "cnki_table_social_thought_2000-2016_gbk"
    csv = documents(f"{folder}/社会思潮文献_1558.csv")
    xlsx = documents(f"{folder}/社会思潮文献_1558.xlsx")
    yield "CNKI table, CSV in GB18030", "XLSX", *agreement(csv, xlsx)
    known = [[getattr(d, f) for f in FIELDS] for d in xlsx]
    xls = documents(f"{folder}/篇名社会思潮_345.xls")
    right = sum([getattr(d, f) for f in FIELDS] in known for d in xls)
    yield "CNKI table, XLS (whole records)", "XLSX", right, len(xls)


def tags() -> Iterator[Row]:
    for form, name, pattern in (
        ("CNKI E-Study", "cnki_estudy_demo_202101.txt", r"^[A-Z]\w+(?:-\w+)?: ?\S"),
        ("CNKI custom text", "dev_heads/cnki_custom_first50.txt", r"^[A-Z]\w+-\S{1,8}: +\S"),
        ("Wanfang NoteExpress", "wanfang_noteexpress_demo_202101.net", r"^\{[^}]+\}: *\S"),
        ("CSSCI, 100", "cssci_kxxykxjsgl_2019_100.txt", r"^(?:【[^】]+】|\d+\.).*\S.*(?<!】)$"),
        ("CSSCI, 400", "cssci_law_400.txt", r"^(?:【[^】]+】|\d+\.).*\S.*(?<!】)$"),
    ):
        yield f"{form}, values", "filled tags in the raw text", *tag_counts(name, pattern)


def speed() -> Iterator[tuple[str, int, float, float]]:
    """Records, seconds to read them, seconds to make documents of them; one process."""
    for form, name in (
        ("NoteExpress", "wanfang_noteexpress_demo_202101.net"),
        ("CNKI custom text", "dev_heads/cnki_custom_first50.txt"),
        ("RIS", "dev_heads/cnki_ris_first10.ris"),
        ("CNKI table, CSV", "cnki_table_social_thought_2000-2016_gbk/社会思潮文献_1558.csv"),
        ("CSSCI with references", "cssci_law_400.txt"),
        ("Web of Science, CSV with references", "bibliometrix_management/management.csv"),
    ):
        path = DATA / "records" / name
        data = path.read_bytes()
        if path.suffix != ".csv":
            data = (data + b"\n\n") * max(1, 10_000 // len(records(name)))
        started = time.perf_counter()
        found = [r for r in read(RawFile(path.name, data)) if isinstance(r, RawRecord)]
        middle = time.perf_counter()
        for record in found:
            from_record(record)
        yield form, len(found), middle - started, time.perf_counter() - middle


def throughput() -> Iterator[tuple[str, float, float]]:
    """Megabytes and seconds of the full-text formats."""
    for form, pattern in (
        ("HTML", "policy/state-council-pages/*.html"),
        ("DOCX", "policy/city-work-reports-2024/*.docx"),
        ("PDF", "files/*.pdf"),
        ("plain text", "policy/central-work-reports/*.txt"),
    ):
        files = [RawFile(path.name, path.read_bytes()) for path in sorted(DATA.glob(pattern))]
        started = time.perf_counter()
        read_items = [item for file in files for item in read(file)]
        seconds = time.perf_counter() - started
        assert any(isinstance(item, RawText) for item in read_items)
        yield form, sum(len(file.data) for file in files) / 1e6, seconds


def main() -> None:
    if not DATA.is_dir() or "TEXTMINE_DATA" not in os.environ:
        sys.exit("Set TEXTMINE_DATA to the folder with the real files.")
    print("| format | compared with | right | of | share |\n|---|---|---:|---:|---:|")
    for source in (exports, tags, html, docx, text):
        for form, against, right, count in source():
            print(f"| {form} | {against} | {right} | {count} | {right / count:.1%} |")
    print(
        "\n| records | number | read, s | documents, s | per 10,000, s |\n|---|---:|---:|---:|---:|"
    )
    for form, number, reading, parsing in speed():
        total = (reading + parsing) * 10_000 / number
        print(f"| {form} | {number} | {reading:.2f} | {parsing:.2f} | {total:.1f} |")
    print("\n| full texts | MB | s | MB a second |\n|---|---:|---:|---:|")
    for form, size, seconds in throughput():
        print(f"| {form} | {size:.1f} | {seconds:.2f} | {size / seconds:.1f} |")


if __name__ == "__main__":
    main()
