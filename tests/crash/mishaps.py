#!/usr/bin/env python3
"""What a build does where the machine or somebody else is in its way: each time the documented result.

    tests/crash/mishaps.py CONGKHAI OLD_CONTENT NEW_CONTENT

Whatever happens, the folder is wholly the old site or wholly the new one, the words say what is wrong, nothing is left beside the
folder, and the next run without a mishap gives the new site. docs/dev/publishing.md has the table. Needs strace; what needs root
(a full disk of its own, another user) is done another way without it, and the output says which.
"""

import concurrent.futures
import fcntl
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from sweep import fingerprint  # noqa: E402

ROOT_USER = os.getuid() == 0
NOBODY = 65534


class Stage:
    """A folder with the old site in public/."""

    def __init__(self, congkhai, old, new):
        self.congkhai, self.old, self.new = congkhai, old, new
        self.passed, self.faults = 0, []
        self.top = tempfile.mkdtemp(prefix="congkhai-mishaps-")
        os.chmod(self.top, 0o755)
        # Copies from the start: another user reads them later, and content outside a repository has no past to show.
        reachable(self)
        old, new = self.old, self.new
        # Another site comes over the first, which the guard over publications would refuse: each is held to itself.
        self.held = {}
        for n, content in enumerate({old, new}):
            folder = os.path.join(self.top, f"rieng-{n}")
            subprocess.run([self.congkhai, "build", "-q", "--date", "2026-11-23", "--content", content, "--output", folder], check=True)
            self.held[os.path.basename(content)] = folder
        # The state that every mishap starts from, and the tree that a good build makes of it.
        self.box = os.path.join(self.top, "mau")
        self.fresh()
        self.run(old)
        self.before = fingerprint(self.public())
        shutil.copytree(self.box, os.path.join(self.top, "goc"), symlinks=True, copy_function=shutil.copy2)
        self.run(new)
        self.after = fingerprint(self.public())
        # What is not built over the old site has no earlier versions of its records.
        self.fresh()
        self.run(new)
        self.first = fingerprint(self.public())
        assert self.before and self.after and len({self.before, self.after, self.first}) == 3

    def public(self):
        return os.path.join(self.box, "public")

    def words(self, content):
        return [self.congkhai, "build", "-q", "--jobs", "1", "--date", "2026-11-23", "--content", content, "--output", self.public(), "--previous", self.held[os.path.basename(content)]]

    def run(self, content, before=(), **more):
        done = subprocess.run([*before, *self.words(content)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120, **more)
        return done.returncode, done.stdout.decode("utf-8", "replace")

    def fresh(self, name="mau", start=None):
        self.box = os.path.join(self.top, name)
        shutil.rmtree(self.box, ignore_errors=True)
        if start:
            subprocess.run(["cp", "-a", os.path.join(self.top, start), self.box], check=True)
        else:
            os.mkdir(self.box)

    def say(self, name, good, words=""):
        if good:
            self.passed += 1
        else:
            self.faults.append(f"{name}: {words}")

    def expect(self, name, result, status, says, tree):
        """The exit status, a part of the words, the tree, and nothing left beside it."""
        got, words = result
        self.say(f"{name}: status", got == status, f"{got}, not {status}: {words[-300:]}")
        self.say(f"{name}: words", says in words, f"{says!r} is not in {words[-400:]!r}")
        self.say(f"{name}: tree", fingerprint(self.public()) == tree, "is neither what was nor what was to be")
        self.say(f"{name}: panic", "panicked" not in words, words[-300:])

    def clean(self, name, beside=("public",)):
        self.say(f"{name}: litter", sorted(os.listdir(self.box)) == sorted(beside), str(os.listdir(self.box)))

    def heals(self, name):
        wanted = self.after if os.path.lexists(self.public()) else self.first
        status, words = self.run(self.new)
        self.say(f"{name}: the next run", status == 0 and fingerprint(self.public()) == wanted, f"{status}: {words[-300:]}")
        self.clean(f"{name}: the next run")


def two_at_once(stage):
    stage.fresh("mot-luc", "goc")
    staging = os.path.join(stage.box, ".public.congkhai")
    os.mkdir(staging)
    with open(os.path.join(staging, "khoa"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stage.expect("a build while another writes", stage.run(stage.new), 3, "một lượt dựng khác đang ghi", stage.before)
    stage.heals("a build while another writes")
    # And truly at once: whoever loses says so, and the tree is whole at every moment.
    stage.fresh("cung-luc", "goc")
    torn, over = [], False

    def watch():
        while not over:
            # A reader who came into the old folder just before the swap may miss a file of it: not twice in a row.
            home = os.path.join(stage.public(), "index.html")
            if not os.path.exists(home) and not os.path.exists(home):
                torn.append("no home page")
            time.sleep(0.001)

    with concurrent.futures.ThreadPoolExecutor(9) as pool:
        watching = pool.submit(watch)
        results = list(pool.map(lambda _: stage.run(stage.new), range(8)))
        over = True
        watching.result()
    good = [status for status, _ in results if status == 0]
    others = [words for status, words in results if status != 0]
    stage.say("eight at once: one wins", bool(good), str(results)[-400:])
    stage.say("eight at once: the others say why", all("một lượt dựng khác" in w or "bị thay đổi trong lúc" in w for w in others), str(others)[-400:])
    stage.say("eight at once: never without a site", not torn, str(torn[:3]))
    stage.say("eight at once: the new site", fingerprint(stage.public()) == stage.after)
    stage.clean("eight at once")
    print(f"    eight at once: {len(good)} made it, {len(others)} were told to wait")


def somebody_else(stage):
    """How to run as somebody who is held by permissions: root is not."""
    if not ROOT_USER:
        return []
    for folder, _, _ in os.walk(stage.box):
        os.chown(folder, NOBODY, NOBODY, follow_symlinks=False)
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]


def reachable(stage):
    """The program and its content, where another user may read them."""
    place = os.path.join(stage.top, "chung")
    os.makedirs(place, exist_ok=True)
    os.chmod(place, 0o755)
    for path in (stage.congkhai, stage.old, stage.new):
        target = os.path.join(place, os.path.basename(path))
        if not os.path.exists(target):
            subprocess.run(["cp", "-rL", path, target], check=True)
            subprocess.run(["chmod", "-R", "a+rX", target], check=True)
    stage.congkhai, stage.old, stage.new = (os.path.join(place, os.path.basename(p)) for p in (stage.congkhai, stage.old, stage.new))


def no_permission(stage):
    for name, folder, result in (
        ("the parent may not be written", ".", "không có quyền"),
        ("the output may not be written", "public", "không có quyền"),
    ):
        stage.fresh("chi-doc", "goc")
        before = somebody_else(stage)
        place = os.path.normpath(os.path.join(stage.box, folder))
        os.chmod(place, 0o555)
        # The mode of the folder itself is part of the fingerprint.
        was = fingerprint(stage.public())
        stage.expect(name, stage.run(stage.new, before), 3, result, was)
        os.chmod(place, 0o755)
        stage.clean(name)
        stage.heals(name)


def full_disk(stage):
    # A limit for one file: what a write beyond it says is as final as a full disk.
    stage.fresh("gioi-han", "goc")

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    stage.expect("files may have 4 KB", stage.run(stage.new, preexec_fn=limit), 3, "không ghi được", stage.before)
    stage.clean("files may have 4 KB")
    stage.heals("files may have 4 KB")
    # A disk of its own in a name space of its own, so that nothing stays mounted. Room for the old site and a part of the new.
    stage.fresh("o-dia", "goc")
    size = sum(-(-os.lstat(os.path.join(f, n)).st_size // 4096) * 4096 for f, _, ns in os.walk(stage.public()) for n in ns)
    script = """set -e
        mount -t tmpfs -o size=$1 tmpfs "$2/dia" && cp -a "$2/public" "$2/dia/public"
        shift 2; "$@" && status=0 || status=$?
        cd "${DISK%/dia}" && rm -rf ket-qua && cp -a "$DISK" ket-qua; exit $status"""
    disk = os.path.join(stage.box, "dia")
    os.mkdir(disk)
    words = [word if word != stage.public() else os.path.join(disk, "public") for word in stage.words(stage.new)]
    def attempt(room):
        done = subprocess.run(
            ["unshare", "-m", "sh", "-c", script, "sh", str(room), stage.box, *words],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**os.environ, "DISK": disk},
        )
        return done.returncode, done.stdout.decode("utf-8", "replace")
    status, said = attempt(size + (64 << 20))
    if status != 0:
        print(f"    full disk: no tmpfs of its own here ({said.strip()[-80:]}); only the limit of file sizes was tried")
        return
    kept = lambda: fingerprint(os.path.join(stage.box, "ket-qua", "public"))
    stage.say("room enough: the new site", kept() == stage.after)
    full = 0
    for spare in (0, 40, 120, 250, 400):
        status, said = attempt(size + (spare << 10) + 200 * 1024)
        if status == 0:
            stage.say("almost full: the new site", kept() == stage.after)
            continue
        full += 1
        stage.say(f"full disk, {spare} KB to spare: status", status == 3 and "ổ đĩa đã đầy" in said, f"{status}: {said[-300:]}")
        stage.say(f"full disk, {spare} KB to spare: the old site", kept() == stage.before)
        stage.say("full disk: litter", os.listdir(os.path.join(stage.box, "ket-qua")) == ["public"])
    stage.say("the disk was full at least twice", full >= 2, str(full))
    print(f"    full disk: a tmpfs of its own, full in {full} of 5 sizes")


def meanwhile(stage):
    """Something happens to the folder while the new tree is made: the build is held before its sync by strace."""
    def elsewhere():
        os.rename(stage.public(), os.path.join(stage.box, "di-cho-khac"))

    def linked():
        elsewhere()
        os.symlink("di-cho-khac", stage.public())

    def other_folder():
        elsewhere()
        os.mkdir(stage.public())
        with open(os.path.join(stage.public(), "cua-toi.txt"), "w") as file:
            file.write("của tôi")

    for name, act, left in (
        ("deleted meanwhile", lambda: shutil.rmtree(stage.public()), []),
        ("moved away meanwhile", elsewhere, ["di-cho-khac"]),
        ("a symbolic link in its place meanwhile", linked, ["di-cho-khac", "public"]),
        ("another folder in its place meanwhile", other_folder, ["di-cho-khac", "public"]),
    ):
        stage.fresh("trong-luc", "goc")
        log = os.path.join(stage.top, "strace")
        held = ["strace", "-f", "-qq", "-o", log, "-e", "trace=syncfs", "-e", "inject=syncfs:delay_enter=1500000"]
        process = subprocess.Popen([*held, *stage.words(stage.new)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        tree = os.path.join(stage.box, ".public.congkhai", "cay", "index.html")
        for _ in range(2000):
            if os.path.exists(tree):
                break
            time.sleep(0.005)
        time.sleep(0.3)
        act()
        was = fingerprint(stage.public())
        said = process.communicate(timeout=60)[0].decode("utf-8", "replace")
        with open(log) as file:
            stage.say(f"{name}: was held", "(DELAYED)" in file.read(), "the delay did not fire")
        stage.expect(name, (process.returncode, said), 3, "bị thay đổi trong lúc dựng", was)
        stage.clean(name, left)
        if "di-cho-khac" in left:
            away = os.path.join(stage.box, "di-cho-khac")
            stage.say(f"{name}: the old site is whole where it went", fingerprint(away) == stage.before)
            if os.path.lexists(stage.public()):
                (os.unlink if os.path.islink(stage.public()) else shutil.rmtree)(stage.public())
            os.rename(away, stage.public())
        stage.heals(name)


def link_in_place(stage):
    for name, target in (("a link to a folder", "that"), ("a link to nothing", "khong-co")):
        stage.fresh("lien-ket", "goc")
        os.rename(stage.public(), os.path.join(stage.box, "that"))
        os.symlink(target, stage.public())
        status, words = stage.run(stage.new)
        stage.say(f"{name}: status", status == 2, f"{status}: {words[-300:]}")
        stage.say(f"{name}: words", "đó là tệp hoặc liên kết" in words, words[-300:])
        stage.say(f"{name}: still the link", os.path.islink(stage.public()) and os.readlink(stage.public()) == target)
        stage.say(f"{name}: the folder is untouched", fingerprint(os.path.join(stage.box, "that")) == stage.before)
        stage.clean(name, ("public", "that"))
    stage.fresh("tep", None)
    with open(stage.public(), "w") as file:
        file.write("một tệp")
    status, words = stage.run(stage.new)
    stage.say("a file in its place", status == 2 and os.path.isfile(stage.public()), f"{status}: {words[-300:]}")
    stage.clean("a file in its place")


def main():
    stage = Stage(*map(os.path.abspath, sys.argv[1:4]))
    try:
        for act in (two_at_once, full_disk, meanwhile, link_in_place, no_permission):
            act(stage)
    finally:
        shutil.rmtree(stage.top, ignore_errors=True)
    for fault in stage.faults:
        print("FAILED " + fault)
    print(f"mishaps: {stage.passed} passed, {len(stage.faults)} failed")
    return 1 if stage.faults else 0


if __name__ == "__main__":
    sys.exit(main())
