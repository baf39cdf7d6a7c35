"""The models by name, as settings and recipes call them."""

from __future__ import annotations

from textmine.topics.base import TopicModel
from textmine.topics.covariates import DmrTopics, DynamicLdaTopics
from textmine.topics.embedding import EmbeddingTopics
from textmine.topics.ensemble import EnsembleTopics
from textmine.topics.gibbs import GibbsLdaTopics, HdpTopics
from textmine.topics.lda import LdaTopics
from textmine.topics.nmf import NmfTopics
from textmine.topics.online import OnlineLdaTopics, SeededTopics

MODELS: dict[str, type[TopicModel]] = {
    model.name: model
    for model in (
        NmfTopics,
        LdaTopics,
        OnlineLdaTopics,
        SeededTopics,
        GibbsLdaTopics,
        HdpTopics,
        DmrTopics,
        DynamicLdaTopics,
        EnsembleTopics,
        EmbeddingTopics,
    )
}
