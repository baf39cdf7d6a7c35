def test_the_description_names_every_answer(client):
    described = client.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.")
    assert set(described["paths"]) == {
        "/api/v1/search",
        "/api/v1/documents/{doc_id}",
        "/api/v1/documents/{doc_id}/similar",
        "/api/v1/claims",
        "/api/v1/export",
        "/api/v1/updates",
        "/api/v1/analyses/{name}",
    }
    assert all(set(methods) == {"get"} for methods in described["paths"].values())


def test_hits_come_in_pages_without_gap_or_double(client):
    ids = []
    generation = None
    while True:
        params = {"q": "集群", "limit": 7, "offset": len(ids), "generation": generation}
        answer = client.get("/api/v1/search", params={k: v for k, v in params.items() if v}).json()
        generation = answer["generation"]
        ids += [hit["id"] for hit in answer["hits"]]
        if not answer["hits"]:
            break
    assert len(ids) == len(set(ids)) == answer["total"]


def test_highlights_are_spans_of_the_snippet(client):
    for hit in client.get("/api/v1/search?q=联盟").json()["hits"]:
        assert {hit["snippet"][a:b] for a, b in hit["highlights"]} == {"联盟"}


def test_claims_stand_where_they_say(client, web_workspace):
    claims = client.get("/api/v1/claims?limit=30").json()
    assert claims
    with web_workspace.catalogue() as catalogue:
        for claim in claims:
            text = catalogue.document(claim["document"]).text
            assert text[claim["start"] : claim["end"]] == claim["evidence"]


def test_claims_can_be_asked_by_concept_and_query(client):
    some = client.get("/api/v1/claims", params={"relation": "promotes", "q": "联盟"}).json()
    assert some
    assert {claim["relation"] for claim in some} == {"promotes"}
    found = {h["id"] for h in client.get("/api/v1/search?q=联盟&limit=100").json()["hits"]}
    assert {claim["document"] for claim in some} <= found


def test_a_document_has_its_record_and_no_path(client, web_workspace):
    hit = client.get("/api/v1/search?q=kind:policy").json()["hits"][0]
    answer = client.get(f"/api/v1/documents/{hit['id']}")
    record = answer.json()
    assert record["title"] == hit["title"]
    assert record["body"]
    assert str(web_workspace.root) not in answer.text


def test_analyses_are_tables(client):
    for name in ("topics", "network", "evolution"):
        answer = client.get(f"/api/v1/analyses/{name}").json()
        assert answer["generation"] == 1
        assert all(answer["tables"].values())
