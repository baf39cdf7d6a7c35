import itertools
import re
from urllib.parse import quote

import pytest
from lxml import html

PAGES = [
    "/",
    "/?q=联盟",
    "/?q=联盟&f=kind:policy&f=year:2009&sort=newest",
    "/?q=没有这样的字串",
    "/?q=(联盟",
    "/concordance",
    "/concordance?q=联盟&order=left",
    "/topics",
    "/network",
    "/evolution",
    "/claims",
    "/claims?relation=promotes",
    "/review",
    "/saved?name=联盟政策",
    "/collection?name=精读",
    "/collection?name=精读&show=screen",
    "/collection?name=无此集",
    "/updates",
    "/nowhere",
]


def tree(client, address):
    return html.fromstring(client.get(address).text)


def first_hit(client, q="联盟"):
    return client.get("/api/v1/search", params={"q": q}).json()["hits"][0]["id"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_can_be_read_without_seeing_it(client, page, lang):
    client.cookies.clear()
    joined = "&" if "?" in page else "?"
    answer = client.get(f"{page}{joined}lang={lang}")
    page_tree = html.fromstring(answer.text)
    assert page_tree.get("lang") == ("zh-CN" if lang == "zh" else "en")
    check_semantics(page_tree)


def test_a_document_can_be_read_without_seeing_it(client):
    for hit in client.get("/api/v1/search?q=&limit=40").json()["hits"]:
        check_semantics(tree(client, f"/documents/{hit['id']}?q=联盟"))


def test_pages_with_forms_can_be_read_without_seeing_them(writable):
    doc_id = first_hit(writable, "集群 kind:paper")
    for page in ("/?q=集群&into=精读", "/collection?name=精读", "/saved?name=联盟政策", "/review"):
        check_semantics(tree(writable, page))
    check_semantics(tree(writable, f"/documents/{doc_id}"))
    check_semantics(tree(writable, f"/documents/{doc_id}?into=精读"))


def check_semantics(page):
    levels = [int(h.tag[1]) for h in page.iter("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1
    main = [int(h.tag[1]) for h in page.xpath("//main//*[self::h1 or self::h2 or self::h3]")]
    assert all(b <= a + 1 for a, b in itertools.pairwise(main)), main
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    labelled = set(page.xpath("//label/@for"))
    for field in page.xpath("//input[not(@type='hidden')] | //select"):
        inside = field.xpath("ancestor::label//text()[normalize-space()]")
        assert inside or field.get("aria-label") or field.get("id") in labelled
    for link in page.xpath("//a[@href]"):
        assert link.text_content().strip() or link.get("aria-label"), html.tostring(link)
    for drawing in page.xpath("//svg"):
        assert drawing.get("aria-label")
    assert page.xpath("//main")
    assert page.xpath("//title/text()")
    assert not page.xpath("//@style | //style | //script[not(@src)] | //@onclick")


def test_results_show_what_was_found_in_the_text(client):
    page = tree(client, "/?q=联盟")
    marked = page.xpath("//ol[@class='hits']//mark/text()")
    assert marked
    assert set(marked) == {"联盟"}


def test_a_facet_narrows_to_as_many_as_it_says(client):
    page = tree(client, "/?q=联盟")
    links = page.xpath("//aside//li/a")
    assert len(links) > 20
    for link in links[::5]:
        count = int(link.xpath("./span[@class='n']/text()")[0])
        narrowed = tree(client, link.get("href"))
        assert int(narrowed.xpath("//h2[@id='count']/strong/text()")[0].replace(",", "")) == count


def test_the_years_lead_to_as_many_documents_as_they_show(client):
    page = tree(client, "/?q=集群")
    for bar in page.xpath("//figure[@class='years']//a"):
        count = int(bar.get("aria-label").split(": ")[1])
        narrowed = tree(client, bar.get("href"))
        assert narrowed.xpath("//h2[@id='count']/strong/text()") == [str(count)]


def test_pages_turn_through_every_hit_once(client):
    seen, address = [], "/"
    while address:
        page = tree(client, address)
        seen += page.xpath("//ol[@class='hits']//h3/a/@href")
        address = next(iter(page.xpath("//a[@rel='next']/@href")), None)
    assert len(seen) == len(set(seen)) == client.get("/api/v1/search").json()["total"] > 20


def test_a_condition_can_be_taken_back(client):
    page = tree(client, "/?q=联盟&f=kind:policy")
    assert page.xpath("//a[@class='chip']/@href") == [f"/?q={quote('联盟')}"]


def test_similar_documents_say_why(client):
    doc_id = first_hit(client)
    page = tree(client, f"/documents/{doc_id}/similar")
    check_semantics(page)
    links = page.xpath("//ol[@class='hits']//h3/a/@href")
    assert links
    assert f"/documents/{doc_id}" not in links
    assert page.xpath("//ol[@class='hits']/li[1]/p[2]/text()")
    answer = client.get(f"/api/v1/documents/{doc_id}/similar").json()
    assert [f"/documents/{one['id']}" for one in answer] == links[: len(answer)]


def test_the_text_of_a_document_stands_on_its_page(client):
    doc_id = first_hit(client)
    record = client.get(f"/api/v1/documents/{doc_id}").json()
    shown = "".join(tree(client, f"/documents/{doc_id}").xpath("//article")[0].itertext())
    wanted = re.sub(r"\s", "", record["body"])
    assert wanted in re.sub(r"\s", "", shown)


def test_claims_lead_to_their_words_in_the_document(client):
    page = tree(client, "/claims")
    for link in page.xpath("//section[@id='quotes']//p/a/@href")[:10]:
        address, _, anchor = link.partition("#")
        document = tree(client, address)
        assert document.xpath(f"//article//*[@id='{anchor}']"), link


def test_references_are_linked_with_their_marks(client):
    for hit in client.get("/api/v1/search?q=has:references").json()["hits"]:
        page = tree(client, f"/documents/{hit['id']}")
        ids = set(page.xpath("//@id"))
        cites = page.xpath("//a[@class='cite']/@href")
        assert all(href[1:] in ids for href in cites)


def test_points_and_nodes_open_as_many_documents_as_they_say(client):
    page = tree(client, "/evolution")
    points = page.xpath("//svg[@class='chart']/a")
    for point in points[::7]:
        count = re.search(r": (\d+) / \d+", point.get("aria-label"))
        narrowed = tree(client, point.get("href"))
        assert narrowed.xpath("//h2[@id='count']/strong/text()") == [count[1]], point.get("href")


def test_topics_name_documents_that_exist(client):
    page = tree(client, "/topics")
    links = page.xpath("//section[@class='topic']//ol//a/@href")
    assert len(links) >= 4
    assert all(client.get(link).status_code == 200 for link in links[:6])
    every = page.xpath("//section[@class='topic']/p/a[contains(@href, 'topic')]/@href")
    assert all(client.get(link).status_code == 200 for link in every)


@pytest.mark.parametrize("name", ["topics", "network", "evolution", "claims"])
def test_a_result_set_is_a_corpus(client, name):
    answer = client.get(f"/{name}?q=集群&f=kind:policy")
    assert answer.status_code == 200
    assert "(集群) kind:" in answer.text
    whole = client.get(f"/{name}")
    assert answer.text != whole.text


def test_too_small_a_result_set_is_named(client):
    answer = client.get("/topics?q=title:联盟 year:2009")
    assert answer.status_code == 422
    assert "太少" in answer.text


def test_the_review_leads_to_what_was_saved(client):
    page = tree(client, "/review")
    queries, collections = page.xpath("//tbody")
    for row in queries:
        name, found = row.xpath("./td[position() < 3]/a/@href")
        total, new = ("".join(cell.itertext()) for cell in row.xpath("./td[@class='number']"))
        assert tree(client, found).xpath("//h2[@id='count']/strong/text()") == [total]
        assert tree(client, name).xpath("//h2/strong/text()") == [new]
    for row in collections:
        answer = tree(client, row.xpath("./td/a/@href")[0])
        held = answer.xpath("//ol[@class='hits']/li")
        assert len(held) == int(row.xpath("./td[@class='number'][1]/text()")[0]) > 0
        assert not answer.xpath("//form[@method='post']")


def test_updates_tell_what_was_refused(client):
    assert "broken.pdf" in client.get("/updates").text


def test_the_language_is_remembered(client):
    client.cookies.clear()
    assert "检索" in client.get("/").text
    client.get("/?lang=en")
    assert "Narrow down" in client.get("/").text
    client.cookies.clear()
    assert "Narrow down" in client.get("/", headers={"accept-language": "en-GB"}).text


def test_every_export_has_every_hit(client):
    total = client.get("/api/v1/search?q=联盟").json()["total"]
    csv = client.get("/export?q=联盟&format=csv")
    assert csv.headers["content-disposition"].endswith('filename="textmine-csv.csv"')
    ris = client.get("/export?q=联盟&format=ris").text
    assert ris.count("ER  -") == total
    assert client.get("/export?q=联盟&format=xlsx").content[:2] == b"PK"
