"""List what the documents claim about two concepts, oldest first, with the sentence.

    python scripts/extract_claims.py [WORKSPACE] [SUBJECT OBJECT]

Subject and object are ids of corpus/concepts.toml.
"""

import sys
from pathlib import Path

from textmine import pipeline
from textmine.store import Workspace


def main(folder: str = ".", subject: str = "alliance", object_: str = "cluster") -> None:
    """Print the claims of this pair and save all claims."""
    space = Workspace.find(Path(folder))
    with space.catalogue() as catalogue:
        corpus = pipeline.load(space, catalogue)
        claims = pipeline.claims(corpus, catalogue)
    table = claims.tables["claims"]
    pair = table[(table["subject"] == subject) & (table["object"] == object_)]
    for claim in pair.sort_values(["year", "document", "start"]).itertuples():
        sign = "✗" if claim.polarity == "negative" else "✓"
        print(f"{claim.year} {sign} {claim.relation} ({claim.modality}) 《{claim.title}》")
        print(f"    {claim.evidence}")
    print(f"{len(pair)} / {len(table)}")
    pipeline.save(claims, space.output)


if __name__ == "__main__":
    main(*sys.argv[1:])
