import contextlib
import socket
import threading
import urllib.parse
import urllib.request

import anyio
import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from textmine.errors import UsageError
from textmine.update import bring_up_to_date
from textmine.web import Door, create_app
from textmine.web.library import Library, TooSlow

ADDRESSES = [
    "/",
    "/?q=(",
    "/nowhere",
    "/documents/0000000000000000",
    "/static/style.css",
    "/api/v1/search?q=联盟",
    "/api/v1/search?q=(",
    "/api/v1/openapi.json",
    "/export?format=exe",
    "/enter",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_forbids_what_is_not_its_own(client, address):
    policy = client.get(address).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "*" not in policy
    assert client.get(address).headers["x-content-type-options"] == "nosniff"


def test_what_documents_say_is_never_markup(client):
    hits = client.get("/api/v1/search?q=onerror").json()["hits"]
    assert hits
    pages = ["/?q=onerror", f"/documents/{hits[0]['id']}?q=联盟", "/concordance?q=onerror"]
    for text in (client.get(page).text for page in [*pages, "/", "/claims", "/updates"]):
        assert "<script>alert" not in text
        assert "<img" not in text
        assert "<svg onload" not in text


@pytest.mark.parametrize("mark", ['"><script>alert(1)</script>', "';alert(1)//", "{{7*7}}"])
def test_what_readers_type_is_never_markup(client, mark):
    for page in ("/", "/concordance", "/topics", "/claims", "/documents/0000000000000000"):
        text = client.get(page, params={"q": mark, "f": f"author:{mark}"}).text
        assert "<script>alert" not in text
        assert 'value="{{7*7}}"' in text or "49" not in text or mark != "{{7*7}}"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/?q=" + "a" * 60_000, 414),
        ("/?q=" + "a" * 2001, 400),
        ("/?q=" + "联*合*体*者" * 3, 400),
        ("/?q=" + "(" * 500, 400),
        ("/?page=251", 422),
        ("/?page=-1", 422),
        ("/?sort=DROP", 422),
        ("/?f=nothing", 422),
        ("/?f=author:%22x", 422),
        ("/?" + "&".join(["f=kind:policy"] * 21), 422),
        ("/documents/..%2f..%2fetc%2fpasswd", 404),
        ("/documents/zzz", 422),
        ("/static/..%2f..%2ftextmine.toml", 404),
        ("/static/app.py", 404),
        ("/api/v1/search?limit=101", 422),
        ("/api/v1/search?offset=10001", 422),
        ("/api/v1/analyses/..%2f..%2fetc", 404),
        ("/api/v1/analyses/etc", 422),
        ("/api/v1/documents/0000000000000000", 404),
    ],
)
def test_hostile_requests_get_a_clear_answer(client, address, status):
    answer = client.get(address)
    assert answer.status_code == status
    assert "Traceback" not in answer.text


def test_a_query_of_a_megabyte_is_refused_by_the_server(site):
    address = urllib.parse.urlsplit(site)
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        connection.settimeout(10)
        with contextlib.suppress(ConnectionError):  # it may hang up before all was sent
            connection.sendall(b"GET /?q=" + b"a" * 1_000_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n")
        with contextlib.suppress(ConnectionError):
            assert connection.recv(64).split()[1] in (b"400", b"414")
    assert urllib.request.urlopen(f"{site}/?q=a", timeout=10).status == 200


def test_an_error_points_at_the_character(client):
    answer = client.get("/api/v1/search", params={"q": "联盟 (集群"}).json()
    assert answer["error"]["position"] == 3
    assert "<mark>(</mark>" in client.get("/", params={"q": "联盟 (集群"}).text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_nothing_can_be_written(client, method):
    assert client.request(method, "/").status_code == 405
    assert client.request(method, "/api/v1/search").status_code == 405


def test_other_sites_cannot_read_answers(client):
    answer = client.get("/api/v1/search", headers={"origin": "https://example.org"})
    assert "access-control-allow-origin" not in answer.headers
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


def test_a_name_that_points_here_is_not_enough(client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 421
    assert client.get("/", headers={"host": "localhost:8765"}).status_code == 200


def test_other_addresses_need_a_token():
    with pytest.raises(UsageError, match="no token"):
        Door.for_address("0.0.0.0")
    with pytest.raises(UsageError, match="characters"):
        Door.for_address("0.0.0.0", token="short")
    assert Door.for_address("::1").names


def test_a_token_opens_the_door(web_workspace):
    token = "correct horse battery"
    app = create_app(web_workspace, Door.for_address("0.0.0.0", token=token))
    with TestClient(app, base_url="http://192.0.2.7", follow_redirects=False) as client:
        assert client.get("/").headers["location"] == "/enter"
        assert client.get("/api/v1/search").status_code == 401
        bearer = {"authorization": f"Bearer {token}"}
        assert client.get("/api/v1/search", headers=bearer).status_code == 200
        assert (
            client.post("/enter", data={"token": "wrong"}).headers["location"] == "/enter?wrong=1"
        )
        assert client.post("/enter", content=b"x" * 5000).status_code == 413
        entered = client.post("/enter", data={"token": token})
        assert "HttpOnly" in entered.headers["set-cookie"]
        assert client.get("/").status_code == 200


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(q=st.text(max_size=60), f=st.text(max_size=30), sort=st.sampled_from(["newest", "x"]))
def test_no_request_is_an_internal_error(client, q, f, sort):
    for path in ("/", "/concordance", "/claims", "/api/v1/search", "/api/v1/claims"):
        params = {"q": q, "sort": sort, **({"f": f} if f else {})}
        assert client.get(path, params=params).status_code in (200, 400, 422)


def test_work_without_end_is_answered_and_its_reader_comes_back(web_workspace):
    library = Library(web_workspace, readers=1, seconds=0.2)
    release = threading.Event()

    async def ask():
        with pytest.raises(TooSlow):
            await library.ask(lambda reader: release.wait(20))
        release.set()
        await anyio.sleep(0.1)
        return await library.ask(lambda reader: len(reader.index))

    assert anyio.run(ask) > 0
    library.close()


def test_readers_see_an_update_and_pages_stay_in_their_state(make_workspace):
    space = make_workspace(["policy/2003*", "policy/2004*"])
    bring_up_to_date(space, workers=1)
    app = create_app(space, Door.for_address("127.0.0.1"))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        before = client.get("/api/v1/search").json()
        name = space.documents / "新到.txt"
        name.write_text("关于新到文件的通知\n\n各单位：\n\n请推动联盟建设。\n", encoding="utf-8")
        bring_up_to_date(space, workers=1)
        held = client.get("/api/v1/search", params={"generation": before["generation"]}).json()
        after = client.get("/api/v1/search").json()
    assert held["total"] == before["total"]
    assert after["total"] == before["total"] + 1
