"""Sources on a disk and on a real web server on loopback."""

import io
import os
import threading
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from textmine.errors import SettingsError, UsageError
from textmine.settings import SourceSettings
from textmine.store import Workspace
from textmine.update import bring_up_to_date, explain
from textmine.update.sources import due, fetch, left_failures
from textmine.update.sources.listing import links
from textmine.update.sources.page import file_name
from textmine.update.sources.web import Client, Refused, ascii_url

NOW = datetime(2026, 1, 31, 2, 10, tzinfo=UTC)
DAY = timedelta(days=1)


class Web(ThreadingHTTPServer):
    """Pages by path: (status, headers, body); it counts what is asked and keeps the headers."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.pages: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: Counter[str] = Counter()
        self.headers: dict[str, dict[str, str]] = {}
        self.unchanged: Counter[str] = Counter()

    @property
    def at(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def put(self, path: str, body: bytes | str, status: int = 200, **headers: str) -> None:
        data = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = (status, named, data)


class Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        web = self.server
        assert isinstance(web, Web)
        web.asked[self.path] += 1
        web.headers[self.path] = dict(self.headers)
        status, headers, body = web.pages.get(self.path, (404, {}, b"none"))
        tag = headers.get("ETag")
        if tag is not None and self.headers.get("If-None-Match") == tag:
            web.unchanged[self.path] += 1
            status, body = 304, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        del format, args


@pytest.fixture
def web() -> Iterator[Web]:
    server = Web()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def empty(tmp_path: Path) -> Workspace:
    (tmp_path / "corpus/documents").mkdir(parents=True)
    (tmp_path / "textmine.toml").write_text("", encoding="utf-8")
    return Workspace.find(tmp_path)


def with_source(workspace: Workspace, **values: object) -> Workspace:
    given = {"name": "s", "delay_seconds": 0, "timeout_seconds": 5, **values}
    source = SourceSettings.model_validate(given)
    return replace(workspace, settings=workspace.settings.model_copy(update={"source": (source,)}))


def texts(workspace: Workspace) -> dict[str, str]:
    place = workspace.documents / "s"
    return {
        p.relative_to(place).as_posix(): p.read_text(encoding="utf-8")
        for p in sorted(place.rglob("*"))
        if p.is_file()
    }


# Sources on a disk


def test_the_newest_of_dated_drops_counts_and_only_what_is_new_is_taken(empty, tmp_path) -> None:
    for drop, name, text in (
        ("2026-01-30", "a.txt", "旧"),
        ("20260131", "a.txt", "新"),
        ("2026-01-30", "sub/b.txt", "乙"),
        ("notes", "c.txt", "不是"),
        ("20260131", "d.part", "未完"),
    ):
        path = tmp_path / "drops" / drop / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    space = with_source(empty, kind="drops", at="drops")
    (first,) = fetch(space, now=NOW)
    assert texts(space) == {"a.txt": "新", "sub/b.txt": "乙"}
    assert set(first.paths) == {"s/a.txt", "s/sub/b.txt"}
    (tmp_path / "drops" / "2026-02-01").mkdir()
    (tmp_path / "drops" / "2026-02-01" / "a.txt").write_text("更新", encoding="utf-8")
    (second,) = fetch(space, now=NOW + DAY)
    assert second.paths == ("s/a.txt",)
    assert texts(space)["a.txt"] == "更新"


def test_a_file_that_somebody_removed_stays_removed(empty, tmp_path) -> None:
    (tmp_path / "share").mkdir()
    (tmp_path / "share" / "a.txt").write_text("甲", encoding="utf-8")
    space = with_source(empty, kind="folder", at="share")
    fetch(space, now=NOW)
    (space.documents / "s" / "a.txt").unlink()
    fetch(space, now=NOW + DAY)
    assert texts(space) == {}


def test_links_and_large_files_do_not_come_in(empty, tmp_path) -> None:
    (tmp_path / "share").mkdir()
    (tmp_path / "secret.txt").write_text("x", encoding="utf-8")
    os.symlink(tmp_path / "secret.txt", tmp_path / "share" / "link.txt")
    (tmp_path / "share" / "big.txt").write_bytes(bytes(1_100_000))
    space = with_source(empty, kind="folder", at="share", max_file_mb=1)
    (done,) = fetch(space, now=NOW)
    assert done.paths == ()
    assert ["big.txt" in f.source for f in done.failures] == [True]


def test_a_zip_is_taken_whole_and_once_it_is_whole(empty, tmp_path, make_workspace) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "产业集群的发展。")
        archive.writestr("b.txt", "产业联盟的发展。")
        archive.writestr("../../c.txt", "区域创新的发展。")
    data = packed.getvalue()
    space = make_workspace(["policy/2003*"])
    incoming = space.root / "incoming"
    incoming.mkdir()
    (incoming / "new.zip").write_bytes(data[:-30])
    space = with_source(space, kind="zips", at="incoming")
    outcome = bring_up_to_date(space, workers=1)
    assert [f.stage for f in outcome.refused] == ["fetch"]
    (incoming / "new.zip").write_bytes(data)
    space = with_source(space, kind="zips", at="incoming", every="1m")
    stale = space.state / "sources.json"
    stale.write_text(stale.read_text().replace("20", "19", 1), encoding="utf-8")
    outcome = bring_up_to_date(space, workers=1)
    assert {c.path for c in outcome.changes} == {"s/new.zip"}
    assert len(outcome.changes) >= 2
    assert [f.stage for f in outcome.admitted] == ["fetch"]
    assert not (space.root / "c.txt").exists()


def test_a_source_that_would_feed_on_itself_is_refused(empty) -> None:
    for at in ("corpus/documents/x", "corpus", "."):
        with pytest.raises(SettingsError, match="hold each other"):
            fetch(with_source(empty, kind="folder", at=at), now=NOW)


def test_a_folder_that_is_not_mounted_is_a_failure_of_the_source_alone(empty) -> None:
    space = with_source(empty, kind="drops", at="nowhere")
    (done,) = fetch(space, now=NOW)
    assert "cannot be read" in done.failures[0].reason
    assert left_failures(space) == list(done.failures)


def test_each_source_has_its_own_schedule(empty, tmp_path) -> None:
    (tmp_path / "share").mkdir()
    space = with_source(empty, kind="folder", at="share", every="7d")
    assert [s.name for s in due(space, NOW)] == ["s"]
    fetch(space, now=NOW)
    assert due(space, NOW + 6 * DAY) == []
    assert fetch(space, now=NOW + DAY) == []
    # A nightly run that starts a little earlier than the last is not put off by a day.
    assert due(space, NOW + 7 * DAY - timedelta(minutes=5))
    assert due(space, NOW - DAY)
    with pytest.raises(UsageError, match="no source 'x'"):
        fetch(space, ["x"], now=NOW)


# Sources on the web

FEED = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">
<entry><link href="/p/1.html"/><updated>{first}</updated></entry>
<entry><link rel="alternate" href="p/2.html"/><updated>b</updated></entry>
<entry><link href="http://other.example/3.html"/></entry></feed>"""


def test_a_feed_brings_its_documents_and_then_only_what_is_new(empty, web) -> None:
    web.put("/feed.xml", FEED.format(first="a"), ETag='"1"')
    web.put("/p/1.html", "<p>产业集群</p>", Content_Type="text/html")
    web.put("/p/2.html", "<p>产业联盟</p>", Content_Type="text/html")
    space = with_source(empty, kind="page", at=web.at + "/feed.xml")
    (done,) = fetch(space, now=NOW)
    assert (len(done.paths), done.failures) == (2, ())
    (done,) = fetch(space, now=NOW + DAY)
    assert done.paths == ()
    assert web.unchanged["/feed.xml"] == 1
    assert web.asked["/p/1.html"] == 1
    web.put("/feed.xml", FEED.format(first="later"), ETag='"2"')
    web.put("/p/1.html", "<p>产业集群，修订</p>", Content_Type="text/html")
    (done,) = fetch(space, now=NOW + 2 * DAY)
    assert len(done.paths) == 1
    assert (web.asked["/p/1.html"], web.asked["/p/2.html"]) == (2, 1)
    assert any("修订" in text for text in texts(space).values())


def test_known_documents_are_asked_for_again_with_a_condition(empty, web) -> None:
    web.put("/list/", '<a href="1.html">一</a><a href="mailto:x">x</a><a href="#y">y</a>')
    web.put("/list/1.html", "产业集群", ETag='"e"', Last_Modified="Sat, 31 Jan 2026 00:00:00 GMT")
    space = with_source(empty, kind="page", at=web.at + "/list/", match="/list/*.html")
    fetch(space, now=NOW)
    fetch(space, now=NOW + 10 * DAY)
    assert web.asked["/list/1.html"] == 1
    (done,) = fetch(space, now=NOW + 31 * DAY)
    assert (done.paths, web.unchanged["/list/1.html"]) == ((), 1)
    assert web.headers["/list/1.html"]["If-Modified-Since"].startswith("Sat, 31 Jan")


def test_robots_are_asked_first_and_obeyed(empty, web) -> None:
    web.put("/robots.txt", "User-agent: *\nDisallow: /private/\nCrawl-delay: 0\n")
    web.put("/l", '<a href="/private/a.txt">a</a><a href="/b.txt">b</a><a href="/r.txt">r</a>')
    web.put("/private/a.txt", "秘密")
    web.put("/b.txt", "产业集群")
    web.put("/r.txt", "", status=302, Location="/private/a.txt")
    (done,) = fetch(with_source(empty, kind="page", at=web.at + "/l"), now=NOW)
    assert web.asked["/private/a.txt"] == 0
    assert len(done.paths) == 1
    assert [f.reason for f in done.failures] == ["robots.txt forbids it"] * 2


def test_a_server_that_fails_at_robots_is_left_alone(empty, web) -> None:
    web.put("/robots.txt", "", status=503, Retry_After="120")
    web.put("/l", '<a href="/b.txt">b</a>')
    (done,) = fetch(with_source(empty, kind="page", at=web.at + "/l"), now=NOW)
    assert "503" in done.failures[0].reason
    assert "120" in done.failures[0].reason
    assert web.asked["/l"] == 0


def test_pauses_between_requests_are_kept(web) -> None:
    pauses: list[float] = []
    web.put("/robots.txt", "User-agent: textmine\nCrawl-delay: 7\n")
    web.put("/a", "甲")
    client = Client(web.at, delay=3, timeout=5, sleep=pauses.append)
    for _ in range(2):
        client.get(web.at + "/a", limit=100, mark={})
    assert [round(pause) for pause in pauses] == [7, 7]


def test_other_servers_are_not_asked_even_by_a_redirect(empty, web) -> None:
    other = Web()
    thread = threading.Thread(target=other.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        web.put("/l", f'<a href="/r">r</a><a href="{other.at}/x">x</a>')
        web.put("/r", "", status=302, Location=other.at + "/x")
        (done,) = fetch(with_source(empty, kind="page", at=web.at + "/l"), now=NOW)
        assert [f.reason for f in done.failures] == ["it lies on another server"]
        assert not other.asked
    finally:
        other.shutdown()
        other.server_close()
        thread.join()


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "data:text/plain,x"])
def test_a_redirect_cannot_open_a_file(empty, web, target: str) -> None:
    web.put("/l", '<a href="/r">r</a>')
    web.put("/r", "", status=302, Location=target)
    (done,) = fetch(with_source(empty, kind="page", at=web.at + "/l"), now=NOW)
    assert (done.paths, len(done.failures)) == ((), 1)


def test_large_and_cut_off_answers_are_not_taken(empty, web) -> None:
    web.put("/l", '<a href="/big">b</a><a href="/cut">c</a>')
    web.put("/big", bytes(1_200_000))
    web.put("/cut", "产业集群", Content_Length="1000")
    space = with_source(empty, kind="page", at=web.at + "/l", max_file_mb=1, timeout_seconds=1)
    (done,) = fetch(space, now=NOW)
    assert done.paths == ()
    assert len(done.failures) == 2
    # What failed is tried again, although the list has not changed.
    web.put("/cut", "产业集群")
    assert len(fetch(space, now=NOW + DAY)[0].paths) == 1


def test_a_run_asks_for_so_many_and_the_next_goes_on(empty, web) -> None:
    web.put("/l", "".join(f'<a href="/{n}.txt">{n}</a>' for n in range(5)), ETag='"l"')
    for n in range(5):
        web.put(f"/{n}.txt", f"第{n}篇")
    space = with_source(empty, kind="page", at=web.at + "/l", max_files=2)
    taken = [len(fetch(space, now=NOW + n * DAY)[0].paths) for n in range(4)]
    assert taken == [2, 2, 1, 0]
    assert all(web.asked[f"/{n}.txt"] == 1 for n in range(5))


def test_credentials_come_from_the_environment_alone(empty, web, monkeypatch) -> None:
    web.put("/l", '<a href="/a.txt">a</a>')
    web.put("/a.txt", "甲")
    space = with_source(empty, kind="page", at=web.at + "/l", authorization_env="TM_TEST_KEY")
    (done,) = fetch(space, now=NOW)
    assert "TM_TEST_KEY" in done.failures[0].reason
    assert not web.asked
    monkeypatch.setenv("TM_TEST_KEY", "Bearer abc")
    (done,) = fetch(space, now=NOW + DAY)
    assert len(done.paths) == 1
    assert web.headers["/a.txt"]["Authorization"] == "Bearer abc"
    assert "abc" not in (space.state / "sources.json").read_text()
    clear = with_source(empty, kind="page", at="http://x.example/", authorization_env="TM_TEST_KEY")
    assert "https only" in fetch(clear, now=NOW + 2 * DAY)[0].failures[0].reason


def test_an_update_asks_what_is_due_and_explain_says_so(make_workspace, web) -> None:
    web.put("/l", '<a href="/a.txt">a</a>')
    web.put("/a.txt", "产业集群与产业联盟的发展。")
    space = with_source(make_workspace(["policy/2003*"]), kind="page", at=web.at + "/l")
    assert ("fetch", "s") in [(r.step, r.subject) for r in explain(space)]
    assert not web.asked
    bring_up_to_date(space, workers=1, offline=True)
    assert not web.asked
    outcome = bring_up_to_date(space, workers=1)
    assert len([c for c in outcome.changes if c.path.startswith("s/a-")]) == 1
    assert "fetch" not in [r.step for r in explain(space)]


def test_an_unmounted_documents_folder_is_not_filled_by_sources(make_workspace, web) -> None:
    web.put("/l", '<a href="/a.txt">a</a>')
    web.put("/a.txt", "甲")
    space = make_workspace(["policy/2003*"])
    bring_up_to_date(space, workers=1)
    for path in space.documents.iterdir():
        path.unlink()
    space = with_source(space, kind="page", at=web.at + "/l")
    with pytest.raises(UsageError, match="holds no file"):
        bring_up_to_date(space, workers=1)
    assert not web.asked


# Parts


def test_links_of_rss_rdf_and_pages_with_a_base() -> None:
    rss = b"<rss><channel><item><link>a</link><pubDate>d</pubDate><enclosure url='b.pdf'/></item></channel></rss>"
    assert [(x.url, x.dated) for x in links(rss, "http://h/x/")] == [
        ("http://h/x/a", "d"),
        ("http://h/x/b.pdf", "d"),
    ]
    page = "<base href='/y/'><p>政策列表</p><a href='集群.html#t'>x</a><a href='javascript:1'>j</a>"
    for encoding in ("utf-8", "gb18030"):
        found = links(page.encode(encoding), "http://h/x/")
        assert [x.url for x in found] == ["http://h/y/集群.html"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\xff",
        b"<rss>",
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss><item><link>&x;</link></item></rss>',
        b'<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss>&b;</rss>',
        b"<a href='http://[::1'>x</a><a href='//'>y</a>",
    ],
)
def test_hostile_lists_give_no_foreign_links(data: bytes) -> None:
    assert [x.url for x in links(data, "http://h/") if "host" in x.url or ":" in x.url[7:]] == []


def test_names_of_files_are_safe_and_one_per_address() -> None:
    urls = [
        "http://h/a/政策%2F..%2F..%2Fetc.pdf",
        "http://h/a?id=1",
        "http://h/a?id=2",
        "http://h/..%2F.ssh",
        "http://h/" + "长" * 300 + ".docx",
        "http://h/con%00%0a.txt",
    ]
    names = [file_name(url, {"content-type": "text/html; charset=gbk"}) for url in urls]
    assert len(set(names)) == len(urls)
    for name in names:
        assert not {*"/\\\0\n:"} & {*name}
        assert not name.startswith(".")
        assert len(name.encode()) < 250
    assert names[1].endswith(".html")


def test_addresses_go_over_the_wire_as_ascii() -> None:
    assert ascii_url("http://例子.中国/集群 a?q=联") == (
        "http://xn--fsqu00a.xn--fiqs8s/%E9%9B%86%E7%BE%A4%20a?q=%E8%81%94"
    )
    for bad in ("file:///x", "http://", "http://h:99999/"):
        with pytest.raises(Refused):
            Client(bad, delay=0, timeout=1)
