"""Topic models under one contract, their results as values, and how good they are.

Every model takes a `DocTerm`, follows scikit-learn's conventions (parameters stored, learned names
end in `_`, `fit`, `transform`) and gives a `TopicFit`: the same one whatever the order of the
documents.
"""

from textmine.topics.base import TopicModel
from textmine.topics.coherence import Coherence, npmi, topic_diversity
from textmine.topics.covariates import (
    PRIOR_COLUMNS,
    TIME_COLUMNS,
    DmrTopics,
    DynamicLdaTopics,
)
from textmine.topics.dynamic import PERIOD_COLUMNS, DynamicFit, dynamic_topics
from textmine.topics.embedding import Embed, EmbeddingTopics
from textmine.topics.ensemble import EnsembleTopics
from textmine.topics.fit import DOCUMENTS_PER_TOPIC, SMALL_CORPUS, TopicFit, largest
from textmine.topics.gibbs import GibbsLdaTopics, HdpTopics
from textmine.topics.intrusion import (
    SCORE_COLUMNS,
    Question,
    cohen_kappa,
    fleiss_kappa,
    intrusion_questions,
    intrusion_scores,
)
from textmine.topics.joining import FoldIn
from textmine.topics.lda import LdaTopics
from textmine.topics.lineage import CHANGE_COLUMNS, Drift, changes, continued, drift
from textmine.topics.mapping import Join, topic_distances, topic_hierarchy, topic_positions
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
    "PRIOR_COLUMNS",
    "SCORE_COLUMNS",
    "SMALL_CORPUS",
    "SWEEP_COLUMNS",
    "TIME_COLUMNS",
    "UNSTABLE_BELOW",
    "Coherence",
    "DmrTopics",
    "Drift",
    "DynamicFit",
    "DynamicLdaTopics",
    "Embed",
    "EmbeddingTopics",
    "EnsembleTopics",
    "FoldIn",
    "GibbsLdaTopics",
    "HdpTopics",
    "Join",
    "LdaTopics",
    "NmfTopics",
    "OnlineLdaTopics",
    "Question",
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
    "cohen_kappa",
    "continued",
    "count_windows",
    "drift",
    "dynamic_topics",
    "effects",
    "exclusivity",
    "fleiss_kappa",
    "frex",
    "gathered",
    "held_out_likelihood",
    "intrusion_questions",
    "intrusion_scores",
    "largest",
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
    "topic_distances",
    "topic_diversity",
    "topic_hierarchy",
    "topic_positions",
    "window_npmi",
]
