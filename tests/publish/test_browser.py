"""What a real Chromium makes of the hostile community's site."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from tests.publish.world import HOSTILE, Built

pytestmark = pytest.mark.browser

WALK = (
    "index.html",
    "people/index.html",
    "people/grace.html",
    "people/h-img.html",
    "people/h-wide.html",
    "people/h-endless.html",
    "organisations/index.html",
    "organisations/navy.html",
    "notes/index.html",
    "notes/2025-01-01-hostile.html",
    "tasks/index.html",
    "tasks/hostile.html",
    "tags/index.html",
    "tags/speaker.html",
    "subprojects/index.html",
    "subprojects/server.html",
    "reports/index.html",
    "reports/2026-10.html",
    "guide.html",
    "404.html",
)


def wait(browser: webdriver.Chrome) -> WebDriverWait[webdriver.Chrome]:
    return WebDriverWait(browser, 20, poll_frequency=0.05)


def is_ready(browser: webdriver.Chrome) -> bool:
    """Loaded, and Material's own script has run."""
    script = "return document.readyState + (document.documentElement.className || '')"
    return "complete" in (said := str(browser.execute_script(script))) and "no-js" not in said


def resize(browser: webdriver.Chrome, width: int) -> None:
    metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def log(browser: webdriver.Chrome, name: str) -> list[dict[str, str]]:
    """What has been logged since the last call."""
    return list(browser.get_log(name))  # type: ignore[no-untyped-call]


def asked_hosts(browser: webdriver.Chrome) -> set[str]:
    """The hosts that pages have asked for something since the last call."""
    hosts = set()
    for entry in log(browser, "performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            url = urlsplit(message["params"]["request"]["url"])
            if url.scheme not in ("data", "chrome", "about"):
                hosts.add(f"{url.scheme}://{url.netloc}")
    return hosts


@pytest.fixture
def tab(browser: webdriver.Chrome) -> Iterator[webdriver.Chrome]:
    """The browser with its logs read, remembering every alert."""
    hook = browser.execute_cdp_cmd(
        "Page.addScriptToEvaluateOnNewDocument",
        {"source": "window.alerts = []; window.alert = (x) => window.alerts.push(x);"},
    )
    resize(browser, 1280)
    browser.get("about:blank")
    log(browser, "browser")
    log(browser, "performance")
    yield browser
    browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", hook)


def assert_calm(browser: webdriver.Chrome, page: str) -> None:
    """Nothing has run that came with data, and nothing went wrong."""
    assert browser.execute_script("return [window.alerts, window.pwned]") == [[], None], page
    # The page that is not there is asked for as one.
    found = [e["message"] for e in log(browser, "browser") if "status of 404" not in e["message"]]
    assert found == [], page


@pytest.mark.parametrize("width", [1280, 375])
def test_a_walk_through_the_site(
    tab: webdriver.Chrome, built: Built, address: str, width: int
) -> None:
    resize(tab, width)
    for page in WALK:
        tab.get(f"{address}/{page}")
        wait(tab).until(is_ready)
        inner = "return [document.documentElement.scrollWidth, window.innerWidth]"
        content, window = tab.execute_script(inner)
        assert content <= window == width, page
        made = "return document.querySelectorAll('.crm :is(img, iframe, style)').length"
        assert tab.execute_script(made) == 0, page
        assert_calm(tab, page)
    assert asked_hosts(tab) == {address}
    assert built.summary.warnings == ()


def test_from_home_to_a_person_to_a_report(tab: webdriver.Chrome, address: str) -> None:
    tab.get(f"{address}/index.html")
    wait(tab).until(is_ready)
    tab.find_element(By.CSS_SELECTOR, '.md-tabs a[href="people/index.html"]').click()
    wait(tab).until(lambda b: b.find_elements(By.CSS_SELECTOR, ".tabulator-row"))
    tab.find_element(By.NAME, "words").send_keys("grace hop")
    wait(tab).until(lambda b: len(b.find_elements(By.CSS_SELECTOR, ".tabulator-row")) == 1)
    tab.find_element(By.LINK_TEXT, "Grace Hopper").click()
    wait(tab).until(lambda b: "Grace Hopper" in b.find_element(By.TAG_NAME, "h1").text)
    tab.find_element(By.CSS_SELECTOR, '.md-tabs a[href="../reports/index.html"]').click()
    wait(tab).until(is_ready)
    tab.find_element(By.LINK_TEXT, "October 2026").click()
    wait(tab).until(lambda b: b.find_element(By.TAG_NAME, "h1").text == "October 2026")
    assert_calm(tab, "report")


def test_the_table_of_people(tab: webdriver.Chrome, address: str) -> None:
    tab.get(f"{address}/people/index.html")
    wait(tab).until(lambda b: b.find_elements(By.CSS_SELECTOR, ".tabulator-row"))
    shown = [a.text for a in tab.find_elements(By.CSS_SELECTOR, ".tabulator-row a[dir=auto]")]
    assert "Grace Hopper" in shown
    assert HOSTILE["img"] in shown
    assert HOSTILE["script"] in shown
    assert "release-bot" not in shown
    tab.find_element(By.CSS_SELECTOR, 'select[name="kind"] option[value="bot"]').click()
    wait(tab).until(lambda b: len(b.find_elements(By.CSS_SELECTOR, ".tabulator-row")) == 1)
    assert_calm(tab, "people")


def test_the_search_shows_hostile_names_as_text(tab: webdriver.Chrome, address: str) -> None:
    tab.get(f"{address}/index.html")
    wait(tab).until(is_ready)
    tab.find_element(By.CSS_SELECTOR, ".md-search__input").send_keys("onerror")
    wait(tab).until(lambda b: b.find_elements(By.CSS_SELECTOR, ".md-search-result__item"))
    results = tab.find_element(By.CSS_SELECTOR, ".md-search-result__list")
    # Its content, which is there before the panel has faded in.
    assert "onerror" in str(results.get_property("textContent"))
    assert not results.find_elements(By.TAG_NAME, "img")
    assert_calm(tab, "search")


def test_light_and_dark(tab: webdriver.Chrome, address: str) -> None:
    colours = []
    for scheme in ("light", "dark"):
        feature = {"name": "prefers-color-scheme", "value": scheme}
        tab.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
        tab.get(f"{address}/index.html")
        tab.execute_script("localStorage.clear()")
        tab.get(f"{address}/index.html")
        wait(tab).until(is_ready)
        colours.append(
            tab.execute_script(
                "return getComputedStyle(document.querySelector('.crm-card')).backgroundColor"
            )
        )
    tab.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    assert colours[0] != colours[1]


def test_the_site_works_as_files(tab: webdriver.Chrome, built: Built) -> None:
    for page in ("index.html", "people/index.html", "reports/2026-10.html"):
        tab.get((built.out / page).as_uri())
        wait(tab).until(is_ready)
        assert_calm(tab, page)
    tab.get((built.out / "people" / "index.html").as_uri())
    wait(tab).until(lambda b: b.find_elements(By.CSS_SELECTOR, ".tabulator-row"))
    assert asked_hosts(tab) == {"file://"}


def test_without_scripts_everybody_is_still_listed(tab: webdriver.Chrome, address: str) -> None:
    tab.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        tab.get(f"{address}/people/index.html")
        assert tab.find_elements(By.LINK_TEXT, "Grace Hopper")
    finally:
        tab.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
