"""The stages of reading, a plain list: normalise, scope and topic, sentiment, places, facts, fingerprint."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from analyzer import fingerprint, nature
from analyzer.facts import find_facts
from analyzer.gazetteer import Gazetteer
from analyzer.help_sought import HelpReader
from analyzer.model import Reading, Scope
from analyzer.places import PlaceFinder
from analyzer.scope import ScopeJudgement, ScopeReader
from analyzer.sentiment import SentimentReader
from analyzer.text import language, normalise, words
from crawlers.model import Post
