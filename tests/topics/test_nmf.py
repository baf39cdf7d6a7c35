import numpy as np

from textmine.topics import NmfTopics


def test_of_very_many_documents_a_sample_teaches_the_topics(planted, monkeypatch) -> None:
    monkeypatch.setattr("textmine.topics.nmf.CHUNK", 70)
    doc_term, _ = planted(documents=400)
    whole = NmfTopics(4, seed=1).fit(doc_term).fit_
    some = NmfTopics(4, seed=1, sample=200).fit(doc_term).fit_
    assert some.doc_ids == whole.doc_ids
    similarity = whole.topic_word @ some.topic_word.T
    match = similarity.argmax(axis=1)
    assert sorted(match) == [0, 1, 2, 3]
    main = match[whole.doc_topic.argmax(axis=1)]
    assert (main == some.doc_topic.argmax(axis=1)).mean() > 0.95
    again = NmfTopics(4, seed=1, sample=200).fit(doc_term.select_documents(range(399, -1, -1)))
    assert np.array_equal(again.fit_.doc_topic, some.doc_topic)
