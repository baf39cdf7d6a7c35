"""Fit topic models of several sizes and compare their coherence.

    python scripts/build_topics.py [WORKSPACE] [K ...]

Prints a table to choose the number of topics by, then the topics of the most coherent model.
"""

import sys
from pathlib import Path

from textmine import pipeline
from textmine.store import Workspace


def main(folder: str = ".", *sizes: str) -> None:
    """Fit one model for each size of `sizes` (default: 4, 6, 8, 10)."""
    space = Workspace.find(Path(folder))
    with space.catalogue() as catalogue:
        corpus = pipeline.load(space, catalogue)
    fitted = {}
    for k in map(int, sizes or ("4", "6", "8", "10")):
        recipe = space.settings.topics.model_copy(update={"k": k})
        fitted[k] = pipeline.topics(corpus, recipe)
    print("k\tNPMI")
    coherence = {k: fit.tables["topics"]["npmi"].mean() for k, fit in fitted.items()}
    for k, npmi in coherence.items():
        print(f"{k}\t{npmi:.3f}")
    best = fitted[max(coherence, key=coherence.__getitem__)]
    print(best.tables["topics"][["topic", "prevalence", "npmi", "words"]].to_string(index=False))
    for note in best.notes:
        print(f"注意 {note.zh} / note: {note.en}")
    pipeline.save(best, space.output)


if __name__ == "__main__":
    main(*sys.argv[1:])
