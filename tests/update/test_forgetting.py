from textmine.update import bring_up_to_date


def test_the_cache_forgets_what_left_the_folder(make_workspace) -> None:
    workspace = make_workspace(["policy/2009*"])
    bring_up_to_date(workspace, workers=1)
    gone = min(path for path in workspace.documents.iterdir())
    gone.unlink()
    bring_up_to_date(workspace, workers=1)
    with workspace.catalogue() as catalogue, workspace.derived() as derived:
        held = {row[0] for row in derived._db.execute("SELECT doc_id FROM results")}
        assert held <= set(catalogue.document_ids())
        assert len(held) > 0
