#!/usr/bin/env python3
"""Kills a build at every write-like system call, and breaks every such call in turn.

Whatever happens, the output folder must be wholly the old site or wholly the new one, with every
file that is not ours; and the next run without faults must give the new site and leave no litter.

    tests/crash/sweep.py --old 'target/release/congkhai build --jobs 1 --date 2026-11-23 \\
                                --content tests/sites/cu --output {out}' \\
                         --new 'target/release/congkhai build --jobs 1 --date 2026-11-23 \\
                                --content tests/sites/moi --output {out}'

Without --old the sweep is over a first build, where "old" means that there is no output folder.
In the commands {out} stands for the output folder of a sandbox and {box} for the sandbox itself.
--prepare 'SHELL COMMANDS' runs in the sandbox after the old build, for instance to put files that
are not ours into {out}. --jobs 1 in the commands makes strace's counters reach every call;
--max-points N takes evenly chosen calls, always with the renames, syncs, locks and the ends: the same in every run.
The order of syncs is looked at too: all is written, synced, swapped, the swap synced, and only then the old site removed.

How: one run under `strace -f` lists the calls that name the sandbox, as (name, n-th of its thread).
Then, for each of them and each fault, a copy of the sandbox is built in with
`strace --inject=NAME:signal=KILL:when=N` (or `error=EIO`, …) and looked at:

    old, new      fine                          MIXED, MISSING   neither: a failure
    LIED          exit 0 but not the new site   HUNG             a failure
    PANICKED      a failure: also println! does that when its own write is the one that is broken

A fault that did not fire proves nothing, so it is a failure too. Exit 0: all fine; 1: a failure;
2: the sweep could not be run. Needs strace (apt-get install strace) and the right to trace.
"""

import argparse
import collections
import concurrent.futures
import hashlib
import os
import re
import shlex
import shutil
import signal
import stat
import subprocess
import sys
import tempfile

CALLS = """
    openat creat write writev pwrite64 ftruncate copy_file_range sendfile mkdirat mkdir linkat link
    symlinkat symlink unlinkat unlink rmdir renameat2 renameat rename fchmod fchmodat fchmodat2 chmod
    utimensat fsync fdatasync syncfs flock
""".split()
# Calls by which something becomes visible or goes away: never left out of a partial sweep.
ALWAYS = {"renameat2", "renameat", "rename", "syncfs", "fsync", "flock"}
FAULTS = ["KILL", "EIO", "ENOSPC+"]
# What makes no sense to inject: these calls cannot fail for want of room.
NEEDS_NO_ROOM = {"unlinkat", "unlink", "rmdir", "flock", "fchmod", "fchmodat", "fchmodat2", "chmod", "utimensat"}
LINE = re.compile(r"^(\d+)\s+([a-z0-9_]+)\((.*)$")


def give_up(why):
    print(f"sweep.py: {why}", file=sys.stderr)
    sys.exit(2)


def roomy_memory():
    """A folder in memory: the disk's syncs are two thirds of the time, and no fault here depends on them."""
    folder = "/dev/shm"
    enough = os.path.isdir(folder) and os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > 512 << 20
    return folder if enough else None


def fingerprint(top):
    """A hash over path, sort, mode and content of everything below `top`; None if it is absent."""
    if not os.path.lexists(top):
        return None
    digest = hashlib.sha256()

    def add(path, below):
        state = os.lstat(path)
        digest.update(repr((below, stat.S_IFMT(state.st_mode), stat.S_IMODE(state.st_mode))).encode())
        if stat.S_ISLNK(state.st_mode):
            digest.update(os.readlink(path))
        elif stat.S_ISDIR(state.st_mode):
            for name in sorted(os.listdir(path)):
                add(path + b"/" + name, below + b"/" + name)
        elif stat.S_ISREG(state.st_mode):
            with open(path, "rb") as file:
                digest.update(hashlib.sha256(file.read()).digest())

    add(os.fsencode(top), b"")
    return digest.hexdigest()


class Sweep:
    def __init__(self, options, root):
        self.options = options
        self.root = root
        self.template = os.path.join(root, "old")

    # ---- Running -------------------------------------------------------------------------------

    def out(self, box):
        return os.path.join(box, "public")

    def command(self, text, box):
        fill = lambda word: word.replace("{out}", self.out(box)).replace("{box}", box)
        return [fill(word) for word in shlex.split(text)]

    def run(self, words):
        """Exit status (None if it hung) and what it said. Only its own process group is ever killed."""
        process = subprocess.Popen(
            words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True
        )
        try:
            said, _ = process.communicate(timeout=self.options.timeout)
            return process.returncode, said.decode("utf-8", "replace")
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            said, _ = process.communicate()
            return None, said.decode("utf-8", "replace")

    def sandbox(self, name):
        box = os.path.join(self.root, name)
        subprocess.run(["cp", "-a", self.template, box], check=True)
        return box

    # ---- What is to be expected ----------------------------------------------------------------

    def prepare(self):
        os.mkdir(self.template)
        if self.options.old:
            status, said = self.run(self.command(self.options.old, self.template))
            if status != 0:
                give_up(f"the old build failed with {status}: {said}")
        if self.options.prepare:
            text = self.options.prepare.replace("{out}", self.out(self.template)).replace("{box}", self.template)
            subprocess.run(text, shell=True, check=True, cwd=self.template)
        self.before = fingerprint(self.out(self.template))
        results = set()
        for name in ("clean1", "clean2"):
            box = self.sandbox(name)
            status, said = self.run(self.command(self.options.new, box))
            if status != 0:
                give_up(f"the new build failed with {status}: {said}")
            results.add(fingerprint(self.out(box)))
            self.beside = sorted(os.listdir(box))
            shutil.rmtree(box)
        if len(results) != 1:
            give_up("two builds of the same content differ; the sweep would tell nothing")
        (self.after,) = results
        if self.after == self.before:
            give_up("the old and the new site are the same; there is nothing to tell apart")

    def points(self):
        """The calls at which a fault is put: (name, n-th call of that name in its thread)."""
        box, log = self.sandbox("traced"), os.path.join(self.root, "trace")
        strace = ["strace", "-f", "-qq", "-y", "-s", "0", "-o", log, "-e", "trace=" + ",".join("?" + c for c in CALLS)]
        status, said = self.run(strace + self.command(self.options.new, box))
        if status != 0:
            give_up(f"the build failed under strace with {status}: {said}")
        nth, points, acts = collections.Counter(), {}, []
        with open(log, errors="replace") as lines:
            for line in lines:
                match = LINE.match(line)
                if not match:
                    continue
                thread, name, rest = match.groups()
                nth[thread, name] += 1
                if box not in rest:
                    continue
                if name == "openat" and not re.search(r"O_(WRONLY|RDWR|CREAT|TRUNC)", rest):
                    continue
                if "= -1 " not in rest:
                    acts.append((name, rest.replace(box, "")))
                points.setdefault((name, nth[thread, name]), rest.replace(box, "")[:100].strip())
        shutil.rmtree(box)
        if not any(name.startswith("rename") for name, _ in points):
            give_up("no rename was seen: is {out} in the command?")
        self.order(acts)
        return points

    def order(self, acts):
        """A power cut cannot be tried here; the order of syncs, which is what saves a site from it, can be looked at:
        everything is written, then synced, then swapped, then the swap is synced, and only then the old site goes."""
        swaps = [i for i, (name, rest) in enumerate(acts) if name.startswith("rename") and "public" in rest]
        if len(swaps) != 1:
            give_up(f"{len(swaps)} renames onto the output folder, not one: {[acts[i] for i in swaps]}")
        (swap,) = swaps
        made = {"openat", "creat", "write", "writev", "pwrite64", "copy_file_range", "sendfile", "mkdirat", "mkdir", "linkat",
                "link", "symlinkat", "symlink", "ftruncate", "fchmod", "chmod", "fchmodat", "utimensat"}
        last = max((i for i, (name, _) in enumerate(acts) if name in made and i < swap), default=None)
        synced = [i for i, (name, _) in enumerate(acts) if name == "syncfs"]
        parent = [i for i, (name, _) in enumerate(acts) if name == "fsync"]
        gone = [i for i, (name, _) in enumerate(acts) if name in ("unlinkat", "unlink", "rmdir")]
        for good, why in (
            (last is not None, "nothing was made before the swap"),
            (len(synced) == 1 and last is not None and last < synced[0] < swap, "the new tree is not synced between its last write and the swap"),
            (len(parent) == 1 and swap < parent[0], "the parent is not synced after the swap"),
            (parent and all(parent[0] < i for i in gone), "something is removed before the swap is synced"),
        ):
            if not good:
                give_up(f"wrong order of acts: {why}")

    def chosen(self, points, fault):
        keys = [key for key in points if not (fault.startswith("ENOSPC") and key[0] in NEEDS_NO_ROOM)]
        limit = self.options.max_points
        if not limit or len(keys) <= limit:
            return keys
        keep = {key for key in keys if key[0] in ALWAYS} | {keys[0], keys[-1]}
        rest = [key for key in keys if key not in keep]
        step = max(1, -(-len(rest) // max(1, limit - len(keep))))
        return [key for key in keys if key in keep or key in set(rest[::step])]

    # ---- One fault -----------------------------------------------------------------------------

    def one(self, number, fault, point):
        name, nth = point
        box, log = self.sandbox(f"{fault}{number}"), os.path.join(self.root, f"{fault}{number}.log")
        if fault == "KILL":
            inject = f"inject={name}:signal=KILL:when={nth}"
        else:
            inject = f"inject={name}:error={fault.rstrip('+')}:when={nth}{'+' if fault.endswith('+') else ''}"
        # With --seccomp-bpf only the calls of this name stop, a third of the time; but strace 6.1 then silently drops
        # injected signals.
        quick = [] if fault == "KILL" else ["--seccomp-bpf"]
        status, said = self.run(
            ["strace", *quick, "-f", "-qq", "-o", log, "-e", f"trace={name}", "-e", inject]
            + self.command(self.options.new, box)
        )
        with open(log, errors="replace") as lines:
            text = lines.read()
        fired = "(INJECTED)" in text or "killed by SIGKILL" in text
        os.unlink(log)

        found = fingerprint(self.out(box))
        state = "new" if found == self.after else "old" if found == self.before else "MIXED"
        if found is None and self.before is not None:
            state = "MISSING"
        if status == 0 and state != "new":
            state = "LIED"
        if status is None:
            state = "HUNG"
        faults = [] if state in ("old", "new") else [state]
        if not fired:
            faults.append("DID NOT FIRE")
        # With every write broken, a panic cannot even say so. Its exit status is Rust's 101.
        if "panicked at" in said or status == 101:
            faults.append("PANICKED")

        status, again = self.run(self.command(self.options.new, box))
        if status != 0 or fingerprint(self.out(box)) != self.after:
            faults.append(f"NOT MENDED by the next run (exit {status}): {again.strip()[-200:]}")
        elif sorted(os.listdir(box)) != self.beside:
            faults.append(f"LITTER: {sorted(set(os.listdir(box)) - set(self.beside))}")
        shutil.rmtree(box)
        return state, faults, said


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--new", required=True, help="command that builds the new site into {out}")
    parser.add_argument("--old", help="command that builds the old site into {out}; none: a first build")
    parser.add_argument("--prepare", help="shell commands after the old build")
    parser.add_argument("--faults", default=",".join(FAULTS), help="KILL or names of errors; + repeats it from there on")
    parser.add_argument("--max-points", type=int, default=0, help="at most about so many calls a fault (0: all)")
    parser.add_argument("--jobs", type=int, default=2, help="builds at a time")
    parser.add_argument("--timeout", type=float, default=120)
    parser.add_argument("--work", default=roomy_memory(), help="folder for the sandboxes (default: memory, if there is enough, else the system's temporary folder)")
    options = parser.parse_args()
    if not shutil.which("strace"):
        give_up("strace is missing; install it with: apt-get install strace")

    failures = 0
    with tempfile.TemporaryDirectory(prefix="congkhai-sweep-", dir=options.work) as root:
        sweep = Sweep(options, root)
        sweep.prepare()
        points = sweep.points()
        names = collections.Counter(name for name, _ in points)
        print(f"{len(points)} calls: " + ", ".join(f"{name} {count}" for name, count in sorted(names.items())))
        for fault in options.faults.split(","):
            keys = sweep.chosen(points, fault)
            with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
                results = list(pool.map(lambda pair: sweep.one(pair[0], fault, pair[1]), enumerate(keys)))
            states = collections.Counter(state for state, _, _ in results)
            bad = [(key, result) for key, result in zip(keys, results) if result[1]]
            failures += len(bad)
            shown = ", ".join(f"{state} {count}" for state, count in sorted(states.items()))
            print(f"{fault:8} {len(keys):5} runs: {shown}; {len(bad)} failed")
            for (name, nth), (_, faults, said) in bad[:10]:
                print(f"    {name} no. {nth} {points[name, nth]}\n        {'; '.join(faults)}\n        {said.strip()[-200:]}")
            if not keys:
                failures += 1
                print("    no call to break: the sweep proves nothing")
    print("FAILED" if failures else "PASSED")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
