"""The catalogue as it stands in memory, and the door to everything that answers from it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from answering.answer import Answer, Found, Reference
from domain.languages import Language
from domain.policy import FactKind, Policy


class Library:
    """An immutable snapshot of the policies with all indexes built; replaced, never changed."""

    def __init__(self, policies: tuple[Policy, ...]) -> None:
        self.policies = policies

    def ask(
        self,
        text: str,
        *,
        today: date,
        default_language: Language = Language.SIMPLIFIED,
        language: Language | None = None,
        context: Mapping[str, Any] | None = None,
    ) -> Answer:
        """Answer a question; total for every text.

        Args:
            text: what a person wrote; only the first 1,000 characters count.
            today: the day that "days left" counts from.
            default_language: where the text itself does not show a language.
            language: answer in this one, whatever the text shows.
            context: the `context` of the answer before, for a follow-up.
        """
        raise NotImplementedError

    def tell(self, reference: Reference, *, today: date, language: Language) -> Answer:
        """Answer a button or a link; what no longer exists is an Answer that says so."""
        raise NotImplementedError

    def policy(self, policy_id: str) -> Policy | None:
        """The policy with that id."""
        raise NotImplementedError

    def find(self, policy_id: str, kind: FactKind, fact_id: str) -> Found | None:
        """The fact with that id."""
        raise NotImplementedError
