"""Documents are named by what they are: two papers of one title are two documents."""

from dataclasses import replace

from textmine.records import Document, document_id

PAPER = Document(
    "paper", "卷首语", title="卷首语", authors=("方致远",), journal="学报", year=2005, issue="1"
)


def test_records_of_one_title_differ_by_author_journal_year_and_issue() -> None:
    others = [
        replace(PAPER, authors=("顾念慈",)),
        replace(PAPER, journal="集刊"),
        replace(PAPER, year=2006),
        replace(PAPER, issue="2"),
    ]
    assert len({document_id(d) for d in (PAPER, *others)}) == 5


def test_a_text_is_named_by_itself_wherever_it_is_said_to_come_from() -> None:
    text = replace(PAPER, text="卷首语\n正文")
    assert document_id(text) == document_id(replace(text, journal="集刊"))


def test_identifiers_go_before_everything_else() -> None:
    assert document_id(replace(PAPER, doi="10.1/A")) == document_id(
        replace(PAPER, doi="10.1/a", title="别名", text="别名")
    )
