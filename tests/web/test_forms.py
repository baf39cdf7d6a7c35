"""What readers change from the pages, and who else cannot."""

import pytest
from lxml import html

from textmine.store.collections import Collections

HERE = {"origin": "http://127.0.0.1"}


@pytest.fixture
def kept(web_workspace):
    with Collections(web_workspace.state) as opened:
        yield opened
        for one in opened.collections():
            if one.name != "精读":
                opened.forget(one.name)


def page(client, address):
    return html.fromstring(client.get(address).text)


def send(client, form, /, *, button="", headers=HERE, **values):
    """Submit a form as a browser does: its fields, what was typed, and the button."""
    fields = [
        (f.name, f.value or "") for f in form.inputs if f.get("type") != "checkbox" and f.name
    ]
    fields = [(n, v) for n, v in fields if n not in values]
    if button:
        name, _, value = button.partition("=")
        fields.append((name, value))
    for name, value in values.items():
        fields += [(name, one) for one in ([value] if isinstance(value, str) else value)]
    data: dict[str, list[str]] = {}
    for name, value in fields:
        data.setdefault(name, []).append(value)
    return client.post(form.action, data=data, headers=headers, follow_redirects=False)


def form_to(tree, action):
    return next(f for f in tree.forms if f.action == action)


def test_a_reviewer_ticks_decides_and_counts(writable, kept):
    results = page(writable, "/?q=联盟&f=kind:policy")
    ticked = results.xpath("//input[@type='checkbox']/@value")[:3]
    answer = send(writable, form_to(results, "/review/collect"), name="综述 甲", id=ticked)
    assert answer.status_code == 303
    back = page(writable, answer.headers["location"])
    assert len(back.xpath("//ol[@class='hits']//*[contains(@class, 'state')]")) == 3
    assert [d.doc_id for d in kept.documents("综述 甲")] == sorted(ticked)

    for show, asked in (("screen", "include"), ("screen", "exclude"), ("assess", "exclude")):
        shown = page(writable, f"/collection?name=综述 甲&show={show}")
        form = next(f for f in shown.forms if f.action == "/review/decide")
        place = send(writable, form, button=f"decision={asked}", reason="非 实证", note="看过")
        assert place.headers["location"].startswith("/collection?name=")
    counts = kept.prisma("综述 甲")
    assert counts.identified == (("hand", 3),)
    assert (counts.to_screen, counts.screened, counts.excluded_in_screening) == (3, 2, 1)
    assert counts.excluded_in_assessment == (("非 实证", 1),)
    assert [d.note for d in kept.documents("综述 甲")].count("看过") == 2


def test_a_decision_can_be_taken_back_step_by_step(writable, kept):
    hit = writable.get("/api/v1/search?q=集群").json()["hits"][0]["id"]
    kept.add("乙", [hit])
    for asked, expected in (
        ("include", ("include", "")),
        ("exclude", ("include", "exclude")),
        ("undo", ("include", "")),
        ("undo", ("", "")),
    ):
        form = form_to(page(writable, f"/documents/{hit}?into=乙"), "/review/decide")
        answer = send(writable, form, button=f"decision={asked}", reason="理由")
        assert answer.headers["location"].startswith(f"/documents/{hit}?")
        (held,) = kept.documents("乙")
        assert (held.screened, held.assessed) == expected
    form = form_to(page(writable, "/collection?name=乙"), "/review/decide")
    form.action = "/review/remove"
    send(writable, form)
    assert kept.documents("乙") == []


def test_all_hits_are_collected_under_the_query_that_found_them(writable, kept):
    results = page(writable, "/?q=联盟&f=kind:policy")
    send(writable, form_to(results, "/review/collect"), button="all=1", name="丙")
    total = int(results.xpath("//h2[@id='count']/strong/text()")[0])
    assert kept.prisma("丙").identified == (('(联盟) kind:"policy"', total),)
    exported = page(writable, "/collection?name=丙").xpath("//details[@class='export']//a/@href")
    assert writable.get(exported[0]).text.count("\n") >= total
    send(writable, form_to(page(writable, "/collection?name=丙"), "/review/forget"))
    assert "丙" not in {one.name for one in kept.collections()}


def test_a_query_is_saved_looked_at_and_forgotten(writable, kept):
    results = page(writable, "/?q=集群&f=kind:policy")
    total = int(results.xpath("//h2[@id='count']/strong/text()")[0])
    send(writable, form_to(results, "/review/save"), name="丁")
    news = page(writable, "/saved?name=丁")
    assert news.xpath("//h2/strong/text()") == [str(total)]
    send(writable, form_to(news, "/review/seen"))
    assert page(writable, "/saved?name=丁").xpath("//h2/strong/text()") == ["0"]
    send(writable, form_to(news, "/review/forget-query"))
    assert "丁" not in {one.name for one in kept.queries()}


@pytest.mark.parametrize(
    "headers", [{}, {"origin": "null"}, {"origin": "https://evil.example"}, {"origin": "x"}]
)
def test_a_form_of_another_site_changes_nothing(writable, kept, headers):
    form = form_to(page(writable, "/?q=联盟"), "/review/save")
    assert send(writable, form, name="戊", headers=headers).status_code == 403
    assert "戊" not in {one.name for one in kept.queries()}


def test_a_form_without_the_key_changes_nothing(writable, kept):
    form = form_to(page(writable, "/?q=联盟"), "/review/save")
    assert send(writable, form, name="己", key="guessed").status_code == 403
    assert "己" not in {one.name for one in kept.queries()}


@pytest.mark.parametrize("action", ["save", "collect", "decide", "remove", "seen", "forget"])
@pytest.mark.parametrize("name", ["", "a\nb", '"', "x" * 200, "无此集"])
def test_no_form_is_an_internal_error(writable, kept, action, name):
    form = form_to(page(writable, "/?q=联盟"), "/review/save")
    form.action = f"/review/{action}"
    answer = send(writable, form, name=name, id="nothing", place="x", page="9" * 30)
    assert answer.status_code in (303, 422)
    kept.forget_query("无此集")


def test_a_form_has_a_size(writable):
    answer = writable.post("/review/save", content=b"x" * 70_000, headers=HERE)
    assert answer.status_code == 413
    answer = writable.post("/review/save", content=b"\xff\xfe=1", headers=HERE)
    assert answer.status_code in (400, 403)


def test_only_forms_can_be_sent(writable, client):
    assert writable.post("/", headers=HERE).status_code == 405
    assert writable.post("/api/v1/search", headers=HERE).status_code == 405
    assert client.post("/review/save", headers=HERE).status_code == 405
