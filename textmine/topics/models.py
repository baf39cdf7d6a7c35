"""The models by name, as settings and recipes call them."""

from __future__ import annotations

from textmine.topics.base import TopicModel
from textmine.topics.lda import LdaTopics
from textmine.topics.nmf import NmfTopics

MODELS: dict[str, type[TopicModel]] = {"nmf": NmfTopics, "lda": LdaTopics}
