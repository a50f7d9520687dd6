#!/usr/bin/env python3
"""Counts the instructions of whole commands under callgrind and compares them with instructions.json: instructions.py PROGRAM

Times on a shared machine differ by half from run to run; instructions differ by less than 1 %. The records are invented ones
(beside/records.py), the same in every run, so a count changes only with the program, the compiler or a library. More than LIMIT above
the recorded count fails: either the change is worth it (UPDATE=1 records the new counts; say why in the commit) or it is a mistake.
Needs valgrind (apt-get install valgrind).
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
RECORDS = 100
LIMIT = 0.10
COMMANDS = {
    "check": ["check", "-q", "--date", "2026-11-23", "--content", "{content}"],
    "build": ["build", "-q", "--jobs", "1", "--date", "2026-11-23", "--content", "{content}", "--output", "{out}"],
}


def count(program, words, work):
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, *words]
    ran = subprocess.run(command, cwd=work, capture_output=True, text=True, env=os.environ | {"RAYON_NUM_THREADS": "1"})
    found = re.search(r"Collected\s*:\s*(\d+)", ran.stderr)
    if ran.returncode != 0 or not found:
        sys.exit(f"{' '.join(map(str, command))} ended with {ran.returncode}:\n{ran.stderr[-2000:]}")
    return int(found[1])


def main():
    if len(sys.argv) != 2 or not shutil.which("valgrind"):
        sys.exit("use: instructions.py PROGRAM; needs valgrind: apt-get install valgrind")
    recorded = HERE / "instructions.json"
    known = json.loads(recorded.read_text()) if recorded.exists() else {}
    now, worse = {}, []
    with tempfile.TemporaryDirectory() as work:
        content = Path(work, "content")
        subprocess.run([sys.executable, HERE / "beside/records.py", "--records", str(RECORDS), content], check=True)
        for name, words in COMMANDS.items():
            words = [word.format(content=content, out=Path(work, "public")) for word in words]
            now[name] = count(Path(sys.argv[1]).resolve(), words, work)
            before = known.get(name)
            change = f"{now[name] / before - 1:+.1%}" if before else "new"
            print(f"{name:<12} {now[name] / 1e6:9.1f} million instructions  {change}")
            if before and now[name] > before * (1 + LIMIT):
                worse.append(name)
    if os.environ.get("UPDATE"):
        recorded.write_text(json.dumps(now, indent=2) + "\n")
    elif worse or known.keys() != now.keys():
        sys.exit(f"more than {LIMIT:.0%} above what is recorded, or not recorded: {', '.join(worse) or 'nothing recorded'}")


if __name__ == "__main__":
    main()
