import io

import networkx as nx

from textmine import pipeline


def test_the_timeline_counts_each_document_once_a_year(sample_workspace) -> None:
    with sample_workspace.catalogue() as catalogue:
        corpus = pipeline.load(sample_workspace, catalogue)
        tables = pipeline.claims(corpus, catalogue).tables
    claims, timeline = tables["claims"], tables["claim_timeline"]
    stated = claims[~claims["modality"].isin(("question", "hypothesis"))].dropna(subset=["year"])
    key = ["subject", "relation", "object", "year"]
    for polarity, column in (("positive", "support"), ("negative", "dissent")):
        by_hand = stated[stated["polarity"] == polarity].drop_duplicates([*key, "document"])
        counted = timeline.groupby(key)[column].sum()
        assert counted[counted > 0].to_dict() == by_hand.groupby(key).size().to_dict()
    assert set(timeline["kind"]) <= {"paper", "policy", "other"}


def test_the_network_has_a_link_for_each_pair_and_says_who_denies_it(sample_workspace) -> None:
    with sample_workspace.catalogue() as catalogue:
        analysis = pipeline.claims(pipeline.load(sample_workspace, catalogue), catalogue)
    pairs = analysis.tables["claim_pairs"]
    graph = nx.read_graphml(io.BytesIO(analysis.files["claims.graphml"]), force_multigraph=True)
    assert graph.is_directed()
    assert {
        (a, d["relation"], b, d["weight"], d["against"]) for a, b, d in graph.edges(data=True)
    } == {(r.subject, r.relation, r.object, r.documents, r.against) for r in pairs.itertuples()}
    assert graph.number_of_edges() == len(pairs) > 0
