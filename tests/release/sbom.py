#!/usr/bin/env python3
"""Writes what the program is made of as CycloneDX 1.5 JSON, out of Cargo.lock and `cargo metadata`.

    tests/release/sbom.py > congkhai.cdx.json
    tests/release/sbom.py --check      makes it twice and looks it over

The same commit gives the same bytes: no clock, no serial number, no path, everything sorted. Listed are the crates that go into
the program for x86_64 Linux (dependencies and what builds them), not those of the tests.
"""

import json
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PLATFORM = "x86_64-unknown-linux-gnu"


def made():
    words = ["cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", PLATFORM]
    metadata = json.loads(subprocess.run(words, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
    packages = {package["id"]: package for package in metadata["packages"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    with open(os.path.join(ROOT, "Cargo.lock"), encoding="utf-8") as file:
        lock = file.read()
    hashes = {}
    for block in lock.split("[[package]]")[1:]:
        value = dict(re.findall(r'^(name|version|checksum) = "(.*)"$', block, re.M))
        hashes[value["name"], value["version"]] = value.get("checksum")

    def needs(crate):
        """What a crate is built of: build dependencies too, those of its tests not."""
        return sorted(d["pkg"] for d in nodes[crate]["deps"] if any(kind["kind"] != "dev" for kind in d["dep_kinds"]))

    own = metadata["resolve"]["root"]
    found, ahead = set(), [own]
    while ahead:
        crate = ahead.pop()
        if crate not in found:
            found.add(crate)
            ahead.extend(needs(crate))

    def purl(crate):
        return f"pkg:cargo/{packages[crate]['name']}@{packages[crate]['version']}"

    def component(crate, kind):
        package = packages[crate]
        entry = {"type": kind, "bom-ref": purl(crate), "name": package["name"], "version": package["version"]}
        if package["description"]:
            entry["description"] = " ".join(package["description"].split())
        checksum = hashes[package["name"], package["version"]]
        if checksum:
            entry["hashes"] = [{"alg": "SHA-256", "content": checksum}]
        # Older crates write A/B for a choice, which SPDX writes A OR B.
        entry["licenses"] = [{"expression": re.sub(r"\s*/\s*", " OR ", package["license"])}]
        entry["purl"] = purl(crate)
        if package["repository"]:
            entry["externalReferences"] = [{"type": "vcs", "url": package["repository"]}]
        return entry

    crates = sorted(found - {own}, key=purl)
    bom = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": component(own, "application")},
        "components": [component(crate, "library") for crate in crates],
        "dependencies": [{"ref": purl(crate), "dependsOn": sorted(map(purl, needs(crate)))} for crate in [own] + crates],
    }
    return json.dumps(bom, ensure_ascii=False, indent=2) + "\n"


def check():
    text = made()
    assert text == made(), "made twice, the two differ"
    bom = json.loads(text)
    refs = [component["bom-ref"] for component in bom["components"]]
    assert len(refs) > 50 and len(refs) == len(set(refs)), "each crate once"
    assert all(component.get("hashes") for component in bom["components"]), "each crate has its hash"
    known = set(refs) | {bom["metadata"]["component"]["bom-ref"]}
    assert all(set(entry["dependsOn"]) <= known for entry in bom["dependencies"]), "nothing is left out"
    assert ROOT not in text and os.path.expanduser("~") + "/" not in text, "no path of this machine"
    print(f"sbom: {len(refs)} crates, the same twice")


if __name__ == "__main__":
    check() if sys.argv[1:] == ["--check"] else sys.stdout.write(made())
