"""Topic models under one contract, their results as values, and how good they are.

Every model takes a `DocTerm`, follows scikit-learn's conventions (parameters stored, learned names
end in `_`, `fit`, `transform`) and gives a `TopicFit`: the same one whatever the order of the
documents.
"""

from textmine.topics.coherence import Coherence, npmi, topic_diversity
from textmine.topics.fit import DOCUMENTS_PER_TOPIC, SMALL_CORPUS, TopicFit
from textmine.topics.models import MODELS, LdaTopics, NmfTopics, TopicModel

__all__ = [
    "DOCUMENTS_PER_TOPIC",
    "MODELS",
    "SMALL_CORPUS",
    "Coherence",
    "LdaTopics",
    "NmfTopics",
    "TopicFit",
    "TopicModel",
    "npmi",
    "topic_diversity",
]
