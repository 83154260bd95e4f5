"""What a rule is, and the list of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from importlib import import_module
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding, KeyPath, Severity
from crmtool.rules.detect.scan import hide

Check = Callable[[Community], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A code, how grave a breach is, and the check itself, whose docstring explains it."""

    code: str
    severity: Severity
    check: Check
    waivable: bool = True
    """Whether a comment in a file, or a severity in `crm.yml`, may make less of a breach."""

    def finding(self, path: str, message: str, hint: str = "", key: KeyPath = ()) -> Finding:
        """A breach of this rule at a key of a file."""
        return Finding(self.code, self.severity, path, message, hint, key)


# One module a rule; each has `RULE`.
_MODULES: Final = (
    "address_in_clear",
    "alias_taken",
    "bank_number",
    "contact_malformed",
    "contact_withdrawn",
    "contact_without_ground",
    "date_of_birth",
    "date_order",
    "email_outside_contact",
    "expired_retention",
    "field_value",
    "identity_malformed",
    "identity_refused",
    "identity_twice",
    "keyword_ambiguous",
    "keyword_words",
    "mixed_scripts",
    "not_a_person",
    "not_in_team",
    "overdue_task",
    "phone_outside_contact",
    "possible_child",
    "postal_address",
    "repeat_without_due",
    "restricted_in_use",
    "secret",
    "segment_condition",
    "source_twice",
    "special_category",
    "tag_misplaced",
    "undeclared_field",
    "unfinished_checklist",
    "unknown_code",
    "unknown_note",
    "unknown_organisation",
    "unknown_person",
    "unknown_source",
    "unknown_subproject",
    "unknown_tag",
    "unlikely_date",
    "unlikely_network",
    "visibility_too_wide",
)


def all_rules() -> tuple[Rule, ...]:
    """Every rule, ordered by code."""
    found = [import_module(f"crmtool.rules.{name}").RULE for name in _MODULES]
    return tuple(sorted(found, key=lambda rule: rule.code))


def run_rules(community: Community) -> Iterator[Finding]:
    """What loading found, then what the rules find, with the severities that `crm.yml` sets."""
    severities = community.config.check.severity
    for finding in community.findings:
        yield _unsecret(finding)
    for rule in all_rules():
        for finding in rule.check(community):
            severity = severities.get(rule.code) if rule.waivable else None
            yield _unsecret(replace(finding, severity=severity or finding.severity))


def _unsecret(finding: Finding) -> Finding:
    """The finding without the secrets that its words repeat from the file."""
    return replace(finding, message=hide(finding.message), hint=hide(finding.hint))


def guess(name: str, known: Iterable[str], otherwise: str) -> str:
    """A hint: the known name that was probably meant, else what to do instead."""
    close = get_close_matches(name, list(known), n=1, cutoff=0.75)
    return f"did you mean {close[0]!r}?" if close else otherwise
