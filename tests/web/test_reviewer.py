"""A reviewer's whole path in a real browser, with forms; and every page through axe-core."""

import shutil

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-core")

pytestmark = pytest.mark.browser
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
PAGES = [
    "/",
    "/?q=联盟&f=kind:policy&into=精读",
    "/?q=没有这样的字串",
    "/?q=(联盟",
    "/concordance?q=联盟",
    "/topics",
    "/network",
    "/evolution",
    "/claims?relation=promotes",
    "/review",
    "/saved?name=联盟政策",
    "/collection?name=精读",
    "/updates",
    "/nowhere",
    "/enter",
]
FORMS = ["/saved?name=联盟政策", "/collection?name=精读"]


@pytest.fixture(scope="module")
def chromium():
    if CHROMIUM is None:
        pytest.skip("needs Chromium on the machine: apt-get install chromium")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield opened
        opened.close()


@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport={"width": 1366, "height": 900}, locale="zh-CN")
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def count(page) -> int:
    return int(page.locator("#count strong").inner_text().replace(",", ""))


def follow(page, locator) -> None:
    """Click, and wait for the page that it leads to."""
    with page.expect_navigation():
        locator.click()


def test_from_a_question_to_the_exported_collection(page, writing_site, tmp_path):
    complaints, elsewhere = [], []
    page.on("pageerror", lambda error: complaints.append(error))
    page.on("console", lambda said: complaints.append(said) if said.type == "error" else None)
    page.on("request", lambda r: r.url.startswith(writing_site) or elsewhere.append(r.url))

    page.goto(writing_site)
    page.keyboard.press("/")
    page.keyboard.type("联盟")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=*")
    whole = count(page)

    follow(page, page.get_by_role("complementary").get_by_role("link", name="政策").first)
    assert 0 < count(page) <= whole

    follow(page, page.locator(".hits h3 a").first)
    assert page.locator("article mark.hit").count() > 0
    follow(page, page.locator(".crumbs a"))

    follow(page, page.get_by_role("link", name="语境").last)
    assert page.locator(".kwic tbody tr").count() > 0
    follow(page, page.locator(".set a", has_text="检索"))

    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.get_by_text("收存").click()
    page.get_by_label("收入文献集").fill("读者的综述")
    follow(page, page.get_by_role("button", name="收入所勾选的"))
    assert page.locator(".hits .state").count() == 2

    follow(page, page.locator(".keep a", has_text="读者的综述"))
    follow(page, page.get_by_role("link", name="待初筛"))
    page.keyboard.press("j")
    for key, left in (("i", 1), ("e", 0)):
        with page.expect_navigation():
            page.keyboard.press(key)
        assert page.locator(".hits > li").count() == left
    flow = page.locator(".flow").inner_text()
    assert "初筛排除\t1" in flow
    follow(page, page.get_by_role("link", name="待评全文"))
    page.get_by_label("备注").fill("核心文献")
    follow(page, page.get_by_role("button", name="据全文纳入"))

    page.locator(".export summary").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="BibTeX").click()
    download.value.save_as(tmp_path / "refs.bib")
    assert (tmp_path / "refs.bib").read_text(encoding="utf-8").count("\n@") == 0
    assert (tmp_path / "refs.bib").read_text(encoding="utf-8").startswith("@")
    assert complaints == []
    assert elsewhere == []


def test_a_saved_query_is_looked_at(page, writing_site):
    page.goto(f"{writing_site}/?q=集群&lang=en")
    page.get_by_text("Keep", exact=True).click()
    page.get_by_label("Save the query as").fill("my clusters")
    follow(page, page.get_by_role("button", name="Save"))
    follow(page, page.get_by_role("link", name="my clusters"))
    assert page.locator(".hits > li").count() > 0
    follow(page, page.get_by_role("button", name="Mark all as seen"))
    follow(page, page.get_by_role("link", name="my clusters"))
    follow(page, page.get_by_role("button", name="Delete this query"))
    assert page.get_by_role("link", name="my clusters").count() == 0


def violations(page, address, **options):
    """What axe-core finds on a page with everything unfolded."""
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true })")
    found = axe.Axe().run(page, options={"resultTypes": ["violations"], **options}).response
    return [
        (v["id"], node["target"], node["failureSummary"])
        for v in found["violations"]
        for node in v["nodes"][:2]
    ]


@pytest.mark.parametrize(
    ("scheme", "lang", "pages", "options"),
    [
        ("light", "zh", PAGES, {}),
        # The others' contrast in the dark is looked at in test_browser.py.
        ("dark", "en", ["/?q=联盟&into=精读", *FORMS], {"runOnly": ["color-contrast"]}),
    ],
    ids=["everything", "contrast in the dark"],
)
def test_axe_finds_nothing_that_keeps_anybody_out(
    chromium, writing_site, scheme, lang, pages, options
):
    context = chromium.new_context(viewport={"width": 1366, "height": 900}, color_scheme=scheme)
    answer = context.request.get(f"{writing_site}/api/v1/search?q=kind:paper").json()
    document = f"/documents/{answer['hits'][0]['id']}"
    page = context.new_page()
    found = {}
    for path in (*pages, f"{document}?q=集群&into=精读", f"{document}/similar"):
        address = f"{writing_site}{path}{'&' if '?' in path else '?'}lang={lang}"
        found[path] = violations(page, address, **options)
    context.close()
    assert not "\n".join(f"{path}: {v}" for path, all in found.items() for v in all)
