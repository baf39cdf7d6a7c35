# ruff: noqa: E501 - a file of another format is easier to read unbroken
"""Hostile files, made by the script so that nothing dangerous lies in the repository.

`hostile_files(secret, port)` gives names and bytes. `secret` is the URL of a file that no reader
may open, `port` that of a server on loopback that no reader may ask.
"""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

import pytest

Files = Iterator[tuple[str, bytes]]

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def zipped(members: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def docx(document: str, head: str = "") -> bytes:
    body = (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<w:document xmlns:w="{W}"><w:body>'
        f"<w:p><w:r><w:t>{document}</w:t></w:r></w:p></w:body></w:document>"
    )
    return zipped({"[Content_Types].xml": TYPES, "_rels/.rels": RELS, "word/document.xml": body})


def xlsx(cells: list[str], head: str = "", sheet: str = "") -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    for cell in cells:
        book.active.append([cell])
    out = io.BytesIO()
    book.save(out)
    if not head and not sheet:
        return out.getvalue()
    with zipfile.ZipFile(io.BytesIO(out.getvalue())) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    text = members[name].decode()
    members[name] = sheet or text.replace("<worksheet", head + "<worksheet", 1)
    return zipped(members)


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (
        len(places) + 1,
        trailer,
        start,
    )
    return bytes(out)


def stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (extra, len(data), data)


PAGES = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>")
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"
SHOWN = b"BT /F 12 Tf 50 700 Td (alliances and clusters) Tj ET"


def entities(secret: str, port: int) -> dict[str, str]:
    """Document types that make a careless parser open files, ask servers or grow."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    web = f"http://127.0.0.1:{port}/"
    return {
        "file": f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret}">]>',
        "web": f'<!DOCTYPE d [<!ENTITY x SYSTEM "{web}x">]>',
        "dtd": f'<!DOCTYPE d SYSTEM "{web}d.dtd">',
        "parameter": f'<!DOCTYPE d [<!ENTITY % p SYSTEM "{web}p.dtd"> %p;]>',
        "laughs": f'<!DOCTYPE d [<!ENTITY l0 "lol">{laughs}<!ENTITY x "&l9;">]>',
        "quadratic": f'<!DOCTYPE d [<!ENTITY x "{"a" * 60_000}">]>',
    }


def of_entities(secret: str, port: int) -> Files:
    for kind, head in entities(secret, port).items():
        use = "&x;" * (20_000 if kind == "quadratic" else 1)
        if kind in ("dtd", "parameter"):
            use = "text"
        yield f"xxe-{kind}.docx", docx(use, head)
        yield f"xxe-{kind}.xlsx", xlsx(["a"], head)
        yield f"xxe-{kind}.xml", f'<?xml version="1.0"?>{head}<d>{use}</d>'.encode()
        yield f"xxe-{kind}.html", f"{head}<html><body><p>{use}集群</p></body></html>".encode()
        tmx = f'<?xml version="1.0"?>{head}<tmx version="1.4"><body><tu><tuv xml:lang="zh"><seg>{use}</seg></tuv></tu></body></tmx>'
        yield f"xxe-{kind}.tmx", tmx.encode()
        yield (
            f"xxe-{kind}.ofd",
            zipped(
                {
                    "OFD.xml": f'<?xml version="1.0"?>{head}<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody>{use}</ofd:DocBody></ofd:OFD>'
                }
            ),
        )
    include = f'<d xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="{secret}" parse="text"/></d>'
    yield "xinclude.xml", include.encode()


def bombs() -> Files:
    zeros = bytes(60_000_000)
    yield "bomb-one.zip", zipped({"a.txt": zeros})
    yield "bomb-many.zip", zipped({f"{n}.txt": bytes(3_000_000) for n in range(30)})
    nested: bytes = zipped({"a.txt": bytes(2_000_000)})
    for level in range(12):
        nested = zipped({f"{level}.zip": nested, f"{level}b.zip": nested})
    yield "bomb-nested.zip", nested
    yield "bomb-entries.zip", zipped({f"{n}.txt": "集群" for n in range(3_000)})
    yield "bomb-overlap.zip", overlapping(zipped({"a.txt": bytes(5_000_000)}), 200)
    yield "bomb.docx", docx("集群" * 15_000_000)
    yield (
        "bomb-part.docx",
        zipped({"[Content_Types].xml": TYPES, "_rels/.rels": RELS, "word/document.xml": zeros}),
    )
    yield (
        "bomb-cells.xlsx",
        xlsx(
            [],
            sheet='<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData>'
            + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
            + "</sheetData></worksheet>",
        ),
    )
    flate = zlib.compress(zlib.compress(bytes(150_000_000)))
    yield "bomb-stream.pdf", pdf(*PAGES, PAGE, stream(flate, b"/Filter[/FlateDecode/FlateDecode]"))
    yield (
        "bomb-text.pdf",
        pdf(*PAGES, PAGE, stream(zlib.compress((SHOWN + b"\n") * 150_000), b"/Filter/FlateDecode")),
    )


def overlapping(archive: bytes, times: int) -> bytes:
    """The one member of an archive listed many times over."""
    end = archive.rindex(b"PK\x05\x06")
    start = struct.unpack("<I", archive[end + 16 : end + 20])[0]
    entry = archive[start:end]
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, times, times, len(entry) * times, start, 0)
    return archive[:start] + entry * times + tail


def of_archives() -> Files:
    names = (
        *("../../escape.txt", "/etc/escape.txt", "C:\\escape.txt", "..\\..\\escape.txt"),
        *("a/../../../escape.txt", "a\x00escape.txt", "line\nbreak.txt", "x" * 3000 + ".txt"),
        *("con.txt", "-rf.txt", "\u202etxt.exe", "~/escape.txt", "$(touch escape).txt"),
    )
    for n, name in enumerate(names):
        yield f"names-{n}.zip", zipped({name: "产业集群"})
    link = zipfile.ZipInfo("link.txt")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    yield "symlink.zip", out.getvalue()
    broken = bytearray(zipped({"名称.txt": "产业集群"}))
    place = broken.index(b"\xe5\x90\x8d")
    yield "name-bytes.zip", bytes(broken).replace(bytes(broken[place : place + 3]), b"\xff\xfe\xfd")
    yield "encrypted.zip", bytes(broken[:6]) + b"\x01" + bytes(broken[7:])


def of_pages(port: int) -> Files:
    web = f"http://127.0.0.1:{port}/"
    pieces = (
        *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>"),
        *(
            f"<img src={web}a.png>",
            f"<iframe src={web}></iframe>",
            f"<link rel=stylesheet href={web}>",
        ),
        *(f"<meta http-equiv=refresh content='0;{web}'>", "<a href='javascript:alert(1)'>x</a>"),
        *("<style>@import '" + web + "'</style>", "<template><script>1</script></template>"),
        *("<table>" * 3000, "<div>" * 50_000, "<" * 100_000, "<!--" * 50_000, "&#x110000;&#xD800;"),
        *(
            "<p " + "a=1 " * 50_000 + ">",
            "<![CDATA[" * 1000,
            "&" * 100_000,
            "<meta charset=utf-7>+ADw-script+AD4-",
        ),
        *("<base href='file:///'>", "<object data='file:///etc/passwd'></object>", "<td>" * 40_000),
    )
    for n, piece in enumerate(pieces):
        yield f"page-{n:02}.html", f"<html><body><h1>集群</h1>{piece}<p>联盟</p>".encode()
    yield (
        "frames.mht",
        f"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\nContent-Location: {web}\n\n<script>1</script><p>集群\n".encode()
        * 50,
    )


def of_tables() -> Files:
    formulas = ('=HYPERLINK("http://x")', "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "=1+1\t")
    for n, formula in enumerate(formulas):
        yield f"formula-{n}.csv", f'title,year\n"{formula}",2010\n'.encode()
        yield f"formula-{n}.xlsx", xlsx(["title", formula])
        yield f"formula-{n}.ris", f"TY  - JOUR\nTI  - {formula}\nPY  - 2010\nER  - \n".encode()
        yield f"formula-{n}.bib", f"@article{{a, title = {{{formula}}}, year = 2010}}".encode()
    yield "columns.csv", b",".join(b"c%d" % n for n in range(100_000)) + b"\n1\n"
    yield "quote.csv", b'title,year\n"' + b"x,\n" * 200_000
    yield (
        "year.ris",
        b"TY  - JOUR\nTI  - \xe9\x9b\x86\xe7\xbe\xa4\nPY  - 99999999999999999999999\nER  - \n",
    )
    yield "fields.ris", b"TY  - JOUR\n" + b"AU  - Li\n" * 100_000 + b"ER  - \n"
    yield "open.ris", b"TY  - JOUR\n" * 4_000
    yield "braces.bib", b"@article{a, title = " + b"{" * 100_000
    yield "deep.jsonl", b"[" * 100_000 + b"\n" + b'{"a":' * 50_000 + b"\n"
    yield "number.jsonl", b'{"title": "a", "year": 1e999999, "n": ' + b"9" * 100_000 + b"}\n"


def of_texts() -> Files:
    pieces = {
        "nul": "集\0群\0" * 1000,
        "line": "产业集群" * 1_000_000,
        "brackets": "（" * 200_000,
        "headings": "一、\n" * 100_000,
        "numerals": "第一百零八条" * 100_000,
        "references": "[1] " * 100_000,
        "citations": "[1-9999999]" * 20_000,
        "spaces": " " * 2_000_000 + "集群",
        "dots": "集群" + "…" * 500_000,
        "marks": "集\u0301" * 200_000,
        "bidi": "\u202e集群\u2066" * 10_000,
        "escape": "\x1b[2J\x1b]0;owned\x07集群\r\n" * 1000,
        "digits": "2" * 500_000,
        "date": "2010年13月45日" * 20_000,
        "url": "http://" * 100_000,
        "mail": "a@" * 200_000,
        "number": "国发〔2010〕" * 50_000,
        "tags": "<b>" * 100_000,
    }
    for name, text in pieces.items():
        yield f"text-{name}.txt", text.encode()
    raw = {
        "surrogate": "集群".encode() + b"\xed\xa0\x80\xed\xb0\x80" * 100,
        "overlong": b"\xc0\xaf\xe0\x80\xaf" * 1000,
        "utf16": b"\xff\xfe" + "集群".encode("utf-16-le") * 100 + b"\xd8",
        "utf16-lone": b"\xff\xfe" + b"\x00\xd8" * 1000,
        "utf32": b"\xff\xfe\0\0" + b"\xff\xff\xff\x7f" * 100,
        "bom": b"\xef\xbb\xbf",
        "gb18030": "集群".encode("gb18030") + b"\x84\x31\xa4\x37" * 1000 + b"\x81",
        "random": random.Random(1).randbytes(200_000),
        "zeros": bytes(100_000),
        "elf": b"\x7fELF" + bytes(5000),
        "exe": b"MZ" + bytes(5000),
    }
    for name, data in raw.items():
        yield f"bytes-{name}.txt", data


def of_documents() -> Files:
    cycle = pdf(PAGES[0], b"<</Type/Pages/Kids[2 0 R]/Count 1000000000>>")
    yield "cycle.pdf", cycle
    yield (
        "count.pdf",
        pdf(PAGES[0], b"<</Type/Pages/Kids[3 0 R]/Count 1000000>>", PAGE, stream(SHOWN)),
    )
    yield (
        "script.pdf",
        pdf(
            b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>",
            PAGES[1],
            PAGE,
            stream(SHOWN),
        ),
    )
    yield (
        "launch.pdf",
        pdf(
            b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/Launch/F(/bin/sh)>>>>",
            PAGES[1],
            PAGE,
            stream(SHOWN),
        ),
    )
    image = stream(
        b"x",
        b"/Type/XObject/Subtype/Image/Width 100000/Height 100000/BitsPerComponent 8/ColorSpace/DeviceRGB",
    )
    yield (
        "image.pdf",
        pdf(
            *PAGES,
            PAGE.replace(b"/Resources<<", b"/Resources<</XObject<</I 5 0 R>>"),
            stream(b"/I Do " + SHOWN),
            image,
        ),
    )
    yield "page.pdf", pdf(*PAGES, PAGE.replace(b"600 800", b"99999999 99999999"), stream(SHOWN))
    yield (
        "forms.pdf",
        pdf(
            *PAGES,
            PAGE.replace(b"/Resources<<", b"/Resources<</XObject<</X 5 0 R>>"),
            stream(b"/X Do"),
            stream(
                b"/X Do /X Do",
                b"/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X 5 0 R>>>>",
            ),
        ),
    )
    yield (
        "encrypted.pdf",
        pdf(
            *PAGES,
            PAGE,
            stream(SHOWN),
            trailer=b"/Encrypt<</Filter/Standard/V 1/R 2/O("
            + b"x" * 32
            + b")/U("
            + b"y" * 32
            + b")/P -1>>/ID[(a)(a)]",
        ),
    )
    good = pdf(*PAGES, PAGE, stream(SHOWN))
    archive = zipped({"a.txt": "产业集群"})
    png = b"\x89PNG\r\n\x1a\n" + struct.pack(
        ">I4sIIBBBBBI", 13, b"IHDR", 2**31 - 1, 2**31 - 1, 8, 2, 0, 0, 0, 0
    )
    yield "huge.png", png
    yield (
        "picture.docx",
        zipped(
            {
                "[Content_Types].xml": TYPES,
                "_rels/.rels": RELS,
                "word/media/a.png": png,
                "word/document.xml": f'<w:document xmlns:w="{W}"><w:body><w:p/></w:body></w:document>',
            }
        ),
    )
    yield "poly-pdf-zip.pdf", good + archive
    yield "poly-zip-pdf.zip", archive + good
    yield "poly-html-pdf.html", b"<html>" + good
    yield "poly-gif.html", b"GIF89a/*<html><script>1</script>*/=1;" + archive
    yield (
        "macro.docm",
        zipped(
            {
                "[Content_Types].xml": TYPES,
                "_rels/.rels": RELS,
                "word/document.xml": f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>集群</w:t></w:r></w:p></w:body></w:document>',
                "word/vbaProject.bin": "Attribute VB_Name",
            }
        ),
    )
    yield "old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.Random(2).randbytes(4000)
    yield "old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000)
    yield "docx-as.txt", docx("集群")
    yield "text-as.pdf", "产业集群".encode()
    yield "empty.pdf", b""
    yield "deep.docx", docx("<w:p>" * 5000)


def truncated() -> Files:
    """Good files cut short, and with bytes changed at random."""
    good = {
        "pdf": pdf(*PAGES, PAGE, stream(SHOWN)),
        "docx": docx("产业集群与产业联盟"),
        "xlsx": xlsx(["title", "产业集群"]),
        "zip": zipped({"a.txt": "产业集群", "b.txt": "产业联盟"}),
        "html": "<html><head><meta charset=gbk></head><p>产业集群</p></html>".encode("gbk"),
        "ris": "TY  - JOUR\nTI  - 集群\nPY  - 2010\nER  - \n".encode(),
    }
    draw = random.Random(3)
    for kind, data in good.items():
        for n in range(1, 6):
            yield f"cut-{n}.{kind}", data[: len(data) * n // 6]
        for n in range(6):
            spoilt = bytearray(data)
            for _ in range(1 + len(data) // 100):
                spoilt[draw.randrange(len(data))] = draw.randrange(256)
            yield f"spoilt-{n}.{kind}", bytes(spoilt)


@pytest.fixture(scope="session")
def hostile_files() -> Callable[[str, int], dict[str, bytes]]:
    """Gives names and bytes of all hostile files."""

    def make(secret: str, port: int) -> dict[str, bytes]:
        made: dict[str, bytes] = {}
        for files in (
            *(of_entities(secret, port), bombs(), of_archives(), of_pages(port)),
            *(of_tables(), of_texts(), of_documents(), truncated()),
        ):
            for name, data in files:
                assert name not in made, name
                made[name] = data
        return made

    return make


@pytest.fixture(scope="session")
def hostile_pdf() -> Callable[[bytes], bytes]:
    """Makes a PDF of a page whose content is doubly compressed."""
    filters = b"/Filter[/FlateDecode/FlateDecode]"
    return lambda packed: pdf(*PAGES, PAGE, stream(packed, filters))
