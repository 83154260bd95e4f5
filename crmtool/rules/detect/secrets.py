"""Secrets: keys and tokens whose shape is known, and what stands behind `password:` and the like.

What is found is named by its kind and never repeated.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from crmtool.rules.detect.assigned import assigned
from crmtool.rules.detect.pattern import Pattern
from crmtool.rules.detect.sample import Sample, Span

MASK: Final = "…"


class _Shape(NamedTuple):
    """What tokens of one kind look like, and letters that stand in every one of them."""

    what: str
    pattern: Pattern


def _shapes(table: str) -> dict[str, _Shape]:
    """Lines of `sure letters | what it is | pattern`; the sure letters make the search quick."""
    found = {}
    for line in table.strip().splitlines():
        sure, what, pattern = (part.strip() for part in line.split(" | "))
        found[sure] = _Shape(what, Pattern(pattern))
    return found


_B: Final = r"(?<![A-Za-z0-9])"
_SHAPES: Final = _shapes(
    rf"""
    PRIVATE KEY | a private key | -{{3,5}} ?BEGIN (?:[A-Z0-9]+ ){{0,3}}PRIVATE KEY
    PuTTY-User-Key | a private key | PuTTY-User-Key-File-\d
    AGE-SECRET-KEY | a private key | AGE-SECRET-KEY-1[A-Z0-9]{{20,}}
    LS0tLS1CRUdJTi | a private key | LS0tLS1CRUdJTi[A-Za-z0-9+/]{{20,}}
    AKIA | an AWS key | {_B}AKIA[A-Z0-9]{{16}}(?![A-Za-z0-9])
    ASIA | an AWS key | {_B}ASIA[A-Z0-9]{{16}}(?![A-Za-z0-9])
    ABIA | an AWS key | {_B}ABIA[A-Z0-9]{{16}}(?![A-Za-z0-9])
    ghp_ | a GitHub token | ghp_[A-Za-z0-9]{{30,255}}
    gho_ | a GitHub token | gho_[A-Za-z0-9]{{30,255}}
    ghu_ | a GitHub token | ghu_[A-Za-z0-9]{{30,255}}
    ghs_ | a GitHub token | ghs_[A-Za-z0-9]{{30,255}}
    ghr_ | a GitHub token | ghr_[A-Za-z0-9]{{30,255}}
    github_pat_ | a GitHub token | github_pat_[A-Za-z0-9_]{{20,255}}
    glpat- | a GitLab token | glpat-[\w-]{{18,}}
    glptt- | a GitLab token | glptt-[\w-]{{18,}}
    gldt- | a GitLab token | gldt-[\w-]{{18,}}
    glrt- | a GitLab token | glrt-[\w-]{{18,}}
    glcbt- | a GitLab token | glcbt-[\w-]{{18,}}
    xox | a Slack token | {_B}xox[abcdeoprs]-(?:\d-)?[\w-]{{10,}}
    xapp- | a Slack token | {_B}xapp-\d-[\w-]{{10,}}
    hooks.slack.com | a webhook's address | hooks\.slack\.com/(?:services|workflows)/[\w/]{{20,}}
    api/webhooks/ | a webhook's address | discord(?:app)?\.com/api/webhooks/\d+/[\w-]{{30,}}
    AIza | a Google key | {_B}AIza[\w-]{{30,}}
    ya29. | a Google token | {_B}ya29\.[\w-]{{20,}}
    GOCSPX- | a Google secret | GOCSPX-[\w-]{{20,}}
    _live_ | a Stripe key | {_B}[srp]k_live_[A-Za-z0-9]{{10,}}
    _test_ | a Stripe key | {_B}[sr]k_test_[A-Za-z0-9]{{16,}}
    whsec_ | a webhook's secret | whsec_[A-Za-z0-9+/=]{{20,}}
    npm_ | an npm token | {_B}npm_[A-Za-z0-9]{{30,}}
    pypi- | a PyPI token | {_B}pypi-[\w-]{{40,}}
    rubygems_ | a RubyGems token | rubygems_[a-f0-9]{{40,}}
    eyJ | a JSON web token | {_B}eyJ[\w-]{{8,}}\.eyJ[\w-]{{8,}}(?:\.[\w-]*)?
    SG. | a SendGrid key | {_B}SG\.[\w-]{{16,32}}\.[\w-]{{30,}}
    hf_ | a Hugging Face token | {_B}hf_[A-Za-z0-9]{{30,}}
    sk- | an API key | {_B}sk-(?:(?:ant|proj|svcacct|or)-[\w-]{{20,}}|[A-Za-z0-9]{{32,}})
    dop_v1_ | a DigitalOcean token | dop_v1_[a-f0-9]{{40,}}
    :AA | a Telegram token | {_B}\d{{8,10}}:AA[\w-]{{30,}}
    shp | a Shopify token | {_B}shp(?:at|ca|pa|ss)_[a-fA-F0-9]{{30,}}
    dckr_pat_ | a Docker token | dckr_pat_[\w-]{{20,}}
    hvs. | a Vault token | {_B}hvs\.[\w-]{{20,}}
    ATATT3 | an Atlassian token | ATATT3[\w=-]{{30,}}
    glsa_ | a Grafana token | glsa_[\w]{{30,}}
    dapi | a Databricks token | {_B}dapi[a-f0-9]{{32}}
    key- | a Mailgun key | {_B}key-[0-9a-f]{{32}}
    cio | a crates.io token | {_B}cio[A-Za-z0-9]{{32}}(?![A-Za-z0-9])
    lin_api_ | a Linear key | lin_api_[A-Za-z0-9]{{30,}}
    figd_ | a Figma token | figd_[\w-]{{30,}}
    nfp_ | a Netlify token | {_B}nfp_[A-Za-z0-9]{{30,}}
    sntry | a Sentry token | sntry[su]_[\w=+/-]{{30,}}
    otpauth:// | a one-time password's seed | otpauth://\S{{1,200}}secret=[A-Za-z2-7]{{8,}}
    AccountKey= | an Azure key | AccountKey=[A-Za-z0-9+/]{{40,}}
    ://  | an address with a password in it | (?i:{_B}[a-z][a-z0-9+.-]{{1,20}}://[^\s/:'"<>]{{0,80}}:(?!//)(?![*x.]+@|<|\$|\{{|%[^0-9A-F]|pass(?:word)?@|passwd@|pw@|secret@|token@)[^\s/@'"<>]{{3,100}}@[\w\[])
    """
)


SIGNS: Final = tuple(sure for sure in _SHAPES if sure != "://")  # an address has its @ as well


def secrets(sample: Sample) -> Iterator[Span]:
    """Keys, tokens, passwords. The span is what must not be seen by anybody else."""
    text = sample.text
    for sure in filter(text.__contains__, _SHAPES):
        what, pattern = _SHAPES[sure]
        for found in pattern.finditer(text):
            if len(set(found[0][-12:])) > 2:  # ghp_xxxxxxxxxxxx is a placeholder
                yield Span(found.start(), found.end(), what)
    yield from assigned(sample)
