"""What a rule is, and the list of all of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from typing import Final, Literal, get_args

from crmtool.model.community import Community
from crmtool.model.finding import Finding, KeyPath, Severity
from crmtool.model.guessing import guess
from crmtool.rules.detect.scan import hide
from crmtool.rules.reading import READING

__all__ = ["Rule", "all_rules", "guess", "run_rules"]

Check = Callable[[Community], Iterator[Finding]]
Reach = Literal["record", "names", "faces", "around"]
"""What a breach in one file depends on besides the configuration, the day and the key.

`record`: that file alone. `names`: also what others may know of the records that it names (see
`crmtool.rules.faces`). `faces`: that of every record, and nothing else of any. `around`: which
paths there are, and what lies around the records.
"""


@dataclass(frozen=True, slots=True)
class Rule:
    """A code, how grave a breach is, and the check itself, whose docstring explains it."""

    code: str
    severity: Severity
    check: Check
    waivable: bool = True
    """Whether a comment in a file, or a severity in `crm.yml`, may make less of a breach."""
    of_findings: bool = False
    """Whether it judges what all the others found, so that it comes last."""
    reach: Reach = "record"
    """A test holds every rule to it."""

    def finding(self, path: str, message: str, hint: str = "", key: KeyPath = ()) -> Finding:
        """A breach of this rule at a key of a file."""
        return Finding(self.code, self.severity, path, message, hint, key)

    def of_file(self, path: str, message: str, hint: str = "", line: int = 1) -> Finding:
        """A breach by a file that is there at all, or in a line of one that has no keys."""
        return Finding(self.code, self.severity, path, message, hint, (), line, 1)


# One module a rule; each has `RULE`.
_MODULES: Final = (
    "address_in_clear",
    "alias_taken",
    "bank_number",
    "changed_policy",
    "contact_malformed",
    "contact_withdrawn",
    "contact_without_ground",
    "date_of_birth",
    "date_order",
    "email_outside_contact",
    "expired_retention",
    "field_value",
    "forgotten_person",
    "hidden_by_hash",
    "hidden_changes",
    "identity_malformed",
    "identity_refused",
    "identity_twice",
    "invalid_waiver",
    "keyword_ambiguous",
    "keyword_words",
    "mixed_scripts",
    "new_waiver",
    "not_a_person",
    "not_in_team",
    "overdue_task",
    "path_collision",
    "path_name",
    "phone_outside_contact",
    "possible_child",
    "postal_address",
    "public_remote",
    "raw_export",
    "repeat_without_due",
    "restricted_in_use",
    "secret",
    "segment_condition",
    "source_twice",
    "special_category",
    "submodule",
    "tag_misplaced",
    "tombstones_unchecked",
    "typographic_quotes",
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
    "unused_waiver",
    "visibility_too_wide",
)


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, ordered by code."""
    found = [import_module(f"crmtool.rules.{name}").RULE for name in _MODULES]
    return tuple(sorted(found, key=lambda rule: rule.code))


@dataclass(frozen=True, slots=True)
class Code:
    """What a finding's code means: for catalogues, and for whoever asks."""

    code: str
    severity: Severity
    text: str
    """A sentence, then What, Why, Bad and Good."""


def all_codes() -> tuple[Code, ...]:
    """Every code that a finding can have, of reading and of rules, ordered."""
    read = [Code(code, *said) for code, said in READING.items()]
    rules = [Code(rule.code, rule.severity, rule.check.__doc__ or "") for rule in all_rules()]
    return tuple(sorted(read + rules, key=lambda code: code.code))


def known_codes() -> frozenset[str]:
    """Every code that a finding can have."""
    return frozenset(READING).union(rule.code for rule in all_rules())


def waivable_codes() -> frozenset[str]:
    """The codes of the rules that a comment may set aside."""
    return frozenset(rule.code for rule in all_rules() if rule.waivable)


def run_rules(
    community: Community, reaches: Collection[Reach] = get_args(Reach)
) -> Iterator[Finding]:
    """What loading found, then what the rules find, with the severities that `crm.yml` sets."""
    for finding in community.findings:
        yield _unsecret(finding)
    rules = (rule for rule in all_rules() if not rule.of_findings and rule.reach in reaches)
    yield from _found(community, rules)


def run_rules_on(findings: Iterable[Finding], community: Community) -> Iterator[Finding]:
    """What the rules on findings make of all that was found, each with its line."""
    about = replace(community, findings=tuple(findings))
    yield from _found(about, (rule for rule in all_rules() if rule.of_findings))


def _found(community: Community, rules: Iterable[Rule]) -> Iterator[Finding]:
    severities = community.config.check.severity
    for rule in rules:
        for finding in rule.check(community):
            severity = severities.get(rule.code) if rule.waivable else None
            yield _unsecret(replace(finding, severity=severity or finding.severity))


def _unsecret(finding: Finding) -> Finding:
    """The finding without the secrets that its words repeat from the file."""
    return replace(finding, message=hide(finding.message), hint=hide(finding.hint))
