"""Write the words of every document to a text file: one document a line, words between blanks.

    python scripts/segment_corpus.py [WORKSPACE] > words.txt

The first column is the document's id. Word2vec, LDA and R read this form directly.
"""

import sys
from pathlib import Path

from textmine.store import Workspace


def main(folder: str = ".") -> None:
    """Print the words of the documents in the order of their ids."""
    space = Workspace.find(Path(folder))
    stop_words = space.lexicon.stop_words
    with space.catalogue() as catalogue:
        for doc_id, text in catalogue.texts():
            words = (w for w in space.segmenter.words(text) if w not in stop_words)
            print(doc_id, *(w for w in words if any(c.isalnum() for c in w)), sep=" ")


if __name__ == "__main__":
    main(*sys.argv[1:])
