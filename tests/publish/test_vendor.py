from __future__ import annotations

import hashlib
import json
from pathlib import Path

import crmtool.publish

VENDOR = Path(crmtool.publish.__file__).parent / "assets" / "vendor"
MANIFEST = json.loads((VENDOR / "manifest.json").read_text())


def test_vendored_files_are_what_the_manifest_says() -> None:
    listed = {name: h for entry in MANIFEST.values() for name, h in entry["files"].items()}
    there = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert there == listed


def test_every_library_has_its_licence_and_version() -> None:
    for name, entry in MANIFEST.items():
        assert entry["version"]
        assert f"{name}/LICENSE" in entry["files"]
