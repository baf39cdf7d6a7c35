"""Follow concepts over the years: shares, bursts, and when two of them meet.

    python scripts/track_concepts.py [WORKSPACE] [CONCEPT ...]

Concepts are ids of corpus/concepts.toml; without any, those of textmine.toml are followed.
"""

import sys
from dataclasses import replace
from pathlib import Path

from textmine import pipeline
from textmine.store import Workspace


def main(folder: str = ".", *concepts: str) -> None:
    """Print the tables of the evolution analysis and save them."""
    space = Workspace.find(Path(folder))
    if concepts:
        wanted = space.settings.evolution.model_copy(update={"concepts": concepts})
        space = replace(space, settings=space.settings.model_copy(update={"evolution": wanted}))
    with space.catalogue() as catalogue:
        corpus = pipeline.load(space, catalogue)
    evolution = pipeline.evolution(corpus)
    shares = evolution.tables["concept_shares"]
    print(shares.pivot(index="year", columns="concept", values="share").round(2).to_string())
    print(evolution.tables["concept_bursts"].to_string(index=False))
    meetings = evolution.tables["concept_meetings"]
    print(meetings[meetings["q"] < 0.05].to_string(index=False))
    for note in evolution.notes:
        print(f"注意 {note.zh} / note: {note.en}")
    pipeline.save(evolution, space.output)


if __name__ == "__main__":
    main(*sys.argv[1:])
