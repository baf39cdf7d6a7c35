"""Topic models under one contract, their results as values, and how good they are.

Every model takes a `DocTerm`, follows scikit-learn's conventions (parameters stored, learned names
end in `_`, `fit`, `transform`) and gives a `TopicFit`: the same one whatever the order of the
documents.
"""

from textmine.topics.base import TopicModel
from textmine.topics.coherence import Coherence, npmi, topic_diversity
from textmine.topics.dynamic import PERIOD_COLUMNS, DynamicFit, dynamic_topics
from textmine.topics.fit import DOCUMENTS_PER_TOPIC, SMALL_CORPUS, TopicFit
from textmine.topics.gibbs import GibbsLdaTopics, HdpTopics
from textmine.topics.lda import LdaTopics
from textmine.topics.lineage import CHANGE_COLUMNS, Drift, changes, drift
from textmine.topics.models import MODELS
from textmine.topics.nmf import NmfTopics
from textmine.topics.online import OnlineLdaTopics, SeededTopics
from textmine.topics.passages import by_document, gathered, passages
from textmine.topics.prevalence import EFFECT_COLUMNS, PREVALENCE_COLUMNS, effects, prevalence
from textmine.topics.reading import (
    exclusivity,
    frex,
    lift,
    sentence_scores,
    suggest_labels,
    top_by,
)
from textmine.topics.stability import (
    UNSTABLE_BELOW,
    Stability,
    average_jaccard,
    held_out_likelihood,
    stability,
)
from textmine.topics.sweep import SWEEP_COLUMNS, Recommendation, recommend, sweep
from textmine.topics.windows import WindowCounts, c_v, count_windows, window_npmi

__all__ = [
    "CHANGE_COLUMNS",
    "DOCUMENTS_PER_TOPIC",
    "EFFECT_COLUMNS",
    "MODELS",
    "PERIOD_COLUMNS",
    "PREVALENCE_COLUMNS",
    "SMALL_CORPUS",
    "SWEEP_COLUMNS",
    "UNSTABLE_BELOW",
    "Coherence",
    "Drift",
    "DynamicFit",
    "GibbsLdaTopics",
    "HdpTopics",
    "LdaTopics",
    "NmfTopics",
    "OnlineLdaTopics",
    "Recommendation",
    "SeededTopics",
    "Stability",
    "TopicFit",
    "TopicModel",
    "WindowCounts",
    "average_jaccard",
    "by_document",
    "c_v",
    "changes",
    "count_windows",
    "drift",
    "dynamic_topics",
    "effects",
    "exclusivity",
    "frex",
    "gathered",
    "held_out_likelihood",
    "lift",
    "npmi",
    "passages",
    "prevalence",
    "recommend",
    "sentence_scores",
    "stability",
    "suggest_labels",
    "sweep",
    "top_by",
    "topic_diversity",
    "window_npmi",
]
