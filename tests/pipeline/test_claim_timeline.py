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
