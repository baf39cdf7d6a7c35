"""The settings of a workspace: one frozen object, every key with its default and reason.

Read from `textmine.toml`; validated by pydantic, with messages that name the key and the file.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from textmine.errors import SettingsError

FILE_NAME = "textmine.toml"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    def fingerprint(self) -> str:
        """12 hexadecimal digits of the values: two parts with the same values have the same."""
        text = json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]


class WorkspaceSettings(_Part):
    """Where things lie, relative to the workspace's folder."""

    name: str = "textmine"
    language: Literal["zh", "en"] = "zh"
    documents: str = "corpus/documents"
    lexicon: str = "corpus/lexicon"
    concepts: str = "corpus/concepts.toml"
    periods: str = "corpus/periods.toml"
    coding: str = "corpus/coding"
    models: str = "models"
    output: str = "output"
    state: str = ".textmine"


class ReadSettings(_Part):
    """Which files are read, and limits that keep a broken one from stopping a run."""

    ignore: tuple[str, ...] = (".*", "~$*", "README*", "Thumbs.db", "desktop.ini")
    max_file_mb: Annotated[int, Field(ge=1)] = 200
    max_unpacked_mb: Annotated[int, Field(ge=1)] = 1000
    max_pages: Annotated[int, Field(ge=1)] = 5000
    # Per file; a page of a hostile PDF may take for ever, a whole yearbook takes half a minute.
    max_seconds: Annotated[int, Field(ge=1)] = 300
    # Per reading process, above what the libraries need; enforced on Linux.
    max_memory_mb: Annotated[int, Field(ge=100)] = 2000


class UpdateSettings(_Part):
    """What an unattended update leaves for those who look after it."""

    # A file, relative to the workspace; empty for none. It is rotated by size.
    log: str = ""
    log_format: Literal["text", "json"] = "text"
    log_mb: Annotated[int, Field(ge=1)] = 5
    log_files: Annotated[int, Field(ge=1)] = 5


class SourceSettings(_Part):
    """Where an update gets files from, besides what people put into the documents folder."""

    # Also the folder below the documents folder that its files go to.
    name: Annotated[str, Field(pattern=r"^[\w-]{1,40}$")]
    # drops: folders named by date; page: a feed or a list page on the web and what it links to.
    kind: Literal["folder", "drops", "zips", "page"]
    # A folder, relative to the workspace, or an address.
    at: Annotated[str, Field(min_length=1)]
    # Which files or links are taken: * and ? in the path; for a page in path and query.
    match: str = "*"
    # How often it is asked, and how often a known document of a page is asked for again.
    every: Annotated[str, Field(pattern=r"^[1-9][0-9]{0,3}[mhd]$")] = "1d"
    recheck: Annotated[str, Field(pattern=r"^[1-9][0-9]{0,3}[mhd]$")] = "30d"
    max_file_mb: Annotated[int, Field(ge=1)] = 100
    # Documents of a page that one run asks for; the next one goes on.
    max_files: Annotated[int, Field(ge=1)] = 500
    # Between two requests; robots.txt may ask for longer pauses.
    delay_seconds: Annotated[float, Field(ge=0)] = 2.0
    timeout_seconds: Annotated[float, Field(gt=0)] = 30.0
    # The environment variable that holds the Authorization header; never the credentials themselves.
    authorization_env: Annotated[str, Field(pattern=r"^([A-Za-z_][A-Za-z0-9_]*)?$")] = ""


def seconds(period: str) -> int:
    """Seconds of a period such as 30m, 12h or 7d."""
    return int(period[:-1]) * {"m": 60, "h": 3600, "d": 86_400}[period[-1]]


class SegmentSettings(_Part):
    """How text is cut into words."""

    engine: Literal["compiled", "jieba"] = "compiled"
    hmm: bool = True
    # Close up words that blanks or line breaks part, read wrongly read UTF-8 again; places stay
    # those of the stored text.
    repair: bool = True


class TermSettings(_Part):
    """Which words count as terms in topics and networks."""

    min_length: Annotated[int, Field(ge=1)] = 2
    min_documents: Annotated[int, Field(ge=1)] = 3
    max_document_share: Annotated[float, Field(gt=0, le=1)] = 0.6


class TopicSettings(_Part):
    """The topic model that `run` fits; see also the recipes in models/."""

    model: Literal[
        "nmf",
        "ensemble",
        "lda",
        "lda_online",
        "seeded",
        "embedding",
        "lda_gibbs",
        "hdp",
        "dmr",
        "dtm",
    ] = "nmf"
    k: Annotated[int, Field(ge=2)] = 10
    top: Annotated[int, Field(ge=3)] = 10
    seed: Annotated[int, Field(ge=0)] = 20080101
    # Concepts that the first topics of the seeded model are anchored in; how often their names
    # count beforehand, as a share of how often the corpus has them.
    seeds: tuple[str, ...] = ("alliance", "cluster", "innovation_system")
    seed_strength: Annotated[float, Field(ge=0, le=10)] = 0.01
    # What the dmr model lets the prior of a document's topics depend on.
    covariates: tuple[Literal["source", "kind", "level", "region", "decade"], ...] = (
        "source",
        "decade",
    )
    # What makes the vectors of the embedding model: "lsa", learnt from the corpus; or a path,
    # relative to the workspace, of a sentence-transformers folder or a word2vec file. How they
    # are clustered: "hdbscan" finds the number of topics itself.
    vectors: str = "lsa"
    clustering: Literal["kmeans", "hdbscan"] = "kmeans"
    # What the model takes as one document: the whole, or passages of about so many characters,
    # brought back to documents afterwards; choose passages where lengths differ much.
    unit: Literal["document", "passage"] = "document"
    passage_length: Annotated[int, Field(ge=50)] = 600
    # Further fits on subsamples of the documents, to tell how stable each topic is; 0 for none.
    stability_runs: Annotated[int, Field(ge=0)] = 10


class NetworkSettings(_Part):
    """The network that `run` draws: what is linked, what one count means, what a link weighs."""

    # references: works that are cited together; coupling: documents that cite the same works.
    items: Literal[
        "nouns",
        "terms",
        "keywords",
        "concepts",
        "topics",
        "authors",
        "institutions",
        "issuers",
        "regions",
        "references",
        "coupling",
    ] = "nouns"
    # A second kind of node: only items and these are linked with each other; empty for none.
    across: Literal[
        "", "year", "period", "kind", "level", "regions", "issuers", "institutions", "concepts"
    ] = ""
    # In long texts nearly all words meet somewhere: sentences tell what is spoken of together.
    unit: Literal["document", "section", "sentence", "window"] = "sentence"
    # Words of a window. Windows do not overlap, so that no pair is counted twice.
    window: Annotated[int, Field(ge=2)] = 20
    counting: Literal["full", "fractional"] = "full"
    # Documents with more names than this link none of them, as in VOSviewer; for authors,
    # institutions and issuers.
    max_names: Annotated[int, Field(ge=2)] = 25
    # Units that must hold an item, and which items are taken of those: the most frequent, or those
    # with the greatest total link strength, as in VOSviewer.
    min_occurrences: Annotated[int, Field(ge=1)] = 1
    choose: Literal["occurrences", "strength"] = "occurrences"
    nodes: Annotated[int, Field(ge=5)] = 100
    min_cooccurrence: Annotated[int, Field(ge=1)] = 3
    measure: Literal[
        "association",
        "association_vos",
        "fractionalization",
        "equivalence",
        "salton",
        "jaccard",
        "inclusion",
        "dice",
        "npmi",
        "count",
    ] = "association"
    # Links whose corrected p is above it are left out; 1 keeps all.
    max_q: Annotated[float, Field(gt=0, le=1)] = 0.05
    backbone: Literal["none", "disparity", "pathfinder", "tree"] = "none"
    alpha: Annotated[float, Field(gt=0, le=1)] = 0.05
    method: Literal["leiden", "louvain", "vos"] = "leiden"
    resolution: Annotated[float, Field(gt=0)] = 1.0
    # Smaller communities are merged into the one that they are linked with most.
    min_community: Annotated[int, Field(ge=1)] = 1
    layout: Literal["vos", "force", "circular", "timeline", "timezone"] = "vos"
    # What the second map is coloured by: the mean year of the documents of a node, or how often
    # documents of the collection cite them.
    overlay: Literal["year", "citations"] = "year"
    seed: Annotated[int, Field(ge=0)] = 20080101
    # Resamplings of the documents, for the stability of communities, ranks and themes; 0 for none.
    bootstrap: Annotated[int, Field(ge=0)] = 100

    @property
    def counted_in(self) -> Literal["document", "section", "sentence", "window", "work"]:
        """The unit that counts: names and keywords belong to documents as a whole."""
        if self.items == "coupling":
            return "work"
        return self.unit if self.in_text else "document"

    @property
    def highest_q(self) -> float:
        """`max_q` for words; who signs together does not do so by chance, however rarely."""
        return self.max_q if self.in_text else 1.0

    @property
    def in_text(self) -> bool:
        """Whether the items stand in the texts themselves."""
        return self.items in ("nouns", "terms", "concepts")


class EvolutionSettings(_Part):
    """Which concepts are followed over time, and how sure the intervals are."""

    concepts: tuple[str, ...] = ("alliance", "cluster", "innovation_system")
    confidence: Annotated[float, Field(gt=0.5, lt=1)] = 0.95
    # Whose words are followed: a corpus that changes its mixture over time changes its shares.
    source: Literal["all", "papers", "central policy", "local policy"] = "all"
    seed: Annotated[int, Field(ge=0)] = 20080101


class SearchSettings(_Part):
    """Weights of the fields in ranking."""

    title_weight: Annotated[float, Field(gt=0)] = 3.0
    keyword_weight: Annotated[float, Field(gt=0)] = 2.0
    abstract_weight: Annotated[float, Field(gt=0)] = 1.5


class Settings(_Part):
    """All settings of a workspace."""

    workspace: WorkspaceSettings = WorkspaceSettings()
    read: ReadSettings = ReadSettings()
    update: UpdateSettings = UpdateSettings()
    # As [[source]], one after the other; none by default.
    source: tuple[SourceSettings, ...] = ()
    segment: SegmentSettings = SegmentSettings()
    terms: TermSettings = TermSettings()
    topics: TopicSettings = TopicSettings()
    network: NetworkSettings = NetworkSettings()
    evolution: EvolutionSettings = EvolutionSettings()
    search: SearchSettings = SearchSettings()

    @field_validator("source")
    @classmethod
    def _named_apart(cls, found: tuple[SourceSettings, ...]) -> tuple[SourceSettings, ...]:
        if len({source.name.casefold() for source in found}) < len(found):
            raise ValueError("two sources have the same name")
        return found


def parse_settings(text: str, *, source: str = FILE_NAME) -> Settings:
    """Read settings from TOML text.

    Raises
    ------
    SettingsError
        When the text is no TOML, or a key is unknown or has a value that cannot be used; the
        message names the file, the key and the allowed values.
    """
    try:
        return Settings.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"{source}: not valid TOML: {error}", remedy="Mend the line, or run `textmine init`."
        ) from error
    except ValidationError as error:
        raise SettingsError(
            "\n".join(_explain(source, problem) for problem in error.errors()),
            remedy="`textmine init NEW` makes a file that shows every key with its default.",
        ) from error


def override(settings: Settings, part: str, values: Mapping[str, object]) -> Settings:
    """Settings with some values of a part replaced; None leaves a value as it is.

    Raises
    ------
    SettingsError
        When a value cannot be used; the message names it and what is allowed.
    """
    asked = {key: value for key, value in values.items() if value is not None}
    plain = settings.model_dump()
    plain[part] = {**plain[part], **asked}
    try:
        return Settings.model_validate(plain)
    except ValidationError as error:
        raise SettingsError(
            "\n".join(_explain("options", problem) for problem in error.errors()),
            remedy=f"See [{part}] in the settings that `textmine init NEW` makes.",
        ) from error


def parse_recipe(text: str, *, source: str = "recipe.toml") -> TopicSettings:
    """Read a model recipe: the keys of `[topics]`, without the header.

    Raises
    ------
    SettingsError
        As `parse_settings`.
    """
    return parse_settings(f"[topics]\n{text}", source=source).topics


def _explain(source: str, problem: object) -> str:
    assert isinstance(problem, dict)
    key = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "extra_forbidden":
        return f"{source}: {key}: there is no such key"
    return f"{source}: {key}: {problem['msg']} (it is {problem['input']!r})"


def load_settings(path: Path) -> Settings:
    """Read settings from a file; see `parse_settings`."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{path}: cannot be read: {error}", remedy="Save it as UTF-8 text, or `textmine init`."
        ) from error
    return parse_settings(text, source=str(path))


def find_root(start: Path) -> Path:
    """The nearest folder upward that holds a textmine.toml.

    Raises
    ------
    SettingsError
        When there is none.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / FILE_NAME).is_file():
            return folder
    raise SettingsError(
        f"No {FILE_NAME} in {start} or any folder above it.",
        remedy="Make a workspace with `textmine init DIR`, or name one with --workspace DIR.",
    )
