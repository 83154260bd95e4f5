#!/bin/sh
# Set up what the Makefile's targets need; quick, and offline, when it is there already.
#
#   tools/setup.sh demo   .venv with crmtool
#   tools/setup.sh dev    the same with the developers' tools
#   tools/setup.sh test   the same with Chromium and its driver
#
# Needs a Debian or Ubuntu with Python >= 3.11 and git, no more. As root it installs what is missing
# with apt-get; as another user it says in one line what to install, and ends with 1.
# PYTHON names the interpreter to use; CRM_CHROMIUM and CRM_CHROMEDRIVER name the browser.
set -eu
cd "$(dirname "$0")/.."
venv=.venv

say() { printf 'setup: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }


# --- Python ---------------------------------------------------------------------------------------

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    set -- python3 python3.14 python3.13 python3.12 python3.11
    [ -z "${PYTHON-}" ] || set -- "$PYTHON"
    for name; do
        if new_enough "$name"; then
            echo "$name"
            return
        fi
    done
    found=$("$1" --version 2>&1) || found="no $1 that runs"
    fail "needs Python 3.11 or newer and found $found:" \
        "install one, or name it with PYTHON=/path/to/python"
}

# Debian and Ubuntu keep what `python -m venv` needs in a package of its own.
has_venv() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

venv_package() {
    case $1 in
        *python3.*) echo "$(basename "$1")-venv" ;;
        *) echo python3-venv ;;
    esac
}

# Neither a move of the folder nor an upgrade of the system's Python leaves a .venv in order.
place() {
    pwd -P
    "$venv/bin/python" --version 2>&1 | cut -d . -f 1,2
}

is_in_place() { [ -f "$venv/.place" ] && [ "$(place)" = "$(cat "$venv/.place")" ]; }

make_venv() {
    "$1" -m venv --clear "$venv" || fail "could not make $venv with $1: see above"
    place >"$venv/.place"
}

# Usage: is_installed demo|dev. It is when pyproject.toml still says what was installed.
is_installed() { cmp -s pyproject.toml "$venv/.installed-$1"; }

# Usage: install_python_packages demo|dev PIP-REQUIREMENT
install_python_packages() {
    say "installing Python packages into $venv, once: this takes a minute or two"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --editable "$2" ||
        fail "pip could not install the packages: see above (is the network there?)"
    cp pyproject.toml "$venv/.installed-$1"
}


# --- Chromium -------------------------------------------------------------------------------------

# The major version of a browser or driver that really runs. Ubuntu's packages are stubs that need
# a snap, so that a file of the right name proves nothing.
major() { "$1" --version 2>/dev/null | sed -n '1s/^[^0-9]*\([0-9][0-9]*\)\..*/\1/p'; }

# Set `browser` and `driver` to the first two that belong together.
find_browser() {
    set -- chromium chromium-browser google-chrome google-chrome-stable
    [ -z "${CRM_CHROMIUM-}" ] || set -- "$CRM_CHROMIUM"
    for browser; do
        browser=$(command -v "$browser") && find_driver "$(major "$browser")" && return
    done
    return 1
}

# Usage: find_driver MAJOR-VERSION
find_driver() {
    version=$1
    [ "$version" ] || return 1
    set -- chromedriver chromium.chromedriver /usr/lib/chromium-browser/chromedriver
    [ -z "${CRM_CHROMEDRIVER-}" ] || set -- "$CRM_CHROMEDRIVER"
    for driver; do
        driver=$(command -v "$driver") && [ "$(major "$driver")" = "$version" ] && return
    done
    return 1
}

browser_packages() {
    if grep -qs '^ID=ubuntu' /etc/os-release; then
        echo chromium-browser chromium-chromedriver
    else
        echo chromium chromium-driver
    fi
}

# Tests look for `chromium` and `chromedriver` on PATH, which `make test` begins with .venv/bin.
# A script, not a link: a snap looks at the name by which it was called.
wrap() {
    printf '#!/bin/sh\nexec "%s" "$@"\n' "$2" >"$venv/bin/$1"
    chmod +x "$venv/bin/$1"
}


# --- What only the system can give ----------------------------------------------------------------

quiet_apt_get() { DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends "$@"; }

# timid: the package lists of a fresh machine are empty or old, so a failure counts only when it
# is one with new lists too.
install_system_packages() {
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
        fail "something is missing: sudo apt-get install $*${elsewhere:+ ($elsewhere)}"
    fi
    say "installing $* with apt-get"
    log=$(mktemp)
    quiet_apt_get install "$@" >"$log" 2>&1 ||
        { quiet_apt_get update && quiet_apt_get install "$@"; } >"$log" 2>&1 ||
        { tail -n 5 "$log" >&2; rm -f "$log"; fail "apt-get could not install $*: see above"; }
    rm -f "$log"
}


# --- Main -----------------------------------------------------------------------------------------

mode=${1-}
case $mode in
    demo | dev | test) ;;
    *) fail "usage: tools/setup.sh demo|dev|test" ;;
esac

# Everything that is missing is asked for at once.
set --
elsewhere=
command -v git >/dev/null 2>&1 || set -- git
if ! is_in_place; then
    python=$(find_python)
    has_venv "$python" || set -- "$@" "$(venv_package "$python")"
fi
if [ "$mode" = test ]; then
    rm -f "$venv/bin/chromium" "$venv/bin/chromedriver" # our own are not the ones to find
    if ! find_browser; then
        [ -z "${CRM_CHROMIUM-}${CRM_CHROMEDRIVER-}" ] ||
            fail "CRM_CHROMIUM and CRM_CHROMEDRIVER name no browser and driver that run together"
        # shellcheck disable=SC2046  # two packages, two words
        set -- "$@" $(browser_packages)
        elsewhere="or name a browser and its driver with CRM_CHROMIUM and CRM_CHROMEDRIVER"
    fi
fi
[ $# = 0 ] || install_system_packages "$@"

is_in_place || make_venv "$python"
case $mode in
    demo) is_installed demo || is_installed dev || install_python_packages demo . ;;
    dev | test) is_installed dev || install_python_packages dev '.[dev]' ;;
esac
if [ "$mode" = test ]; then
    find_browser || fail "apt-get has no browser here that runs: install Chromium or Chrome" \
        "and its driver, and name them with CRM_CHROMIUM and CRM_CHROMEDRIVER"
    wrap chromium "$browser"
    wrap chromedriver "$driver"
fi
