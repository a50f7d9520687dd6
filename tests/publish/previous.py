#!/usr/bin/env python3
"""Builds with `--previous URL` against a server of this machine that serves a published site well, and badly in every way.

    tests/publish/previous.py CONGKHAI

After a good answer a machine that begins with an empty folder keeps every earlier version of every record. After a bad
one the exit status is the documented one (docs/dev/publishing.md) and nothing is written.
"""

import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PROGRAM = os.path.realpath(sys.argv[1])
MANIFEST = "/phien-ban.json"
DAY = ["--date", "2026-11-23", "-q"]
mode, served, asked = "good", "", []


class Site(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        asked.append(self.path)
        status, kind, heads, cut = 200, "application/json", {}, 0
        try:
            with open(served + self.path.split("?")[0], "rb") as file:
                body = file.read()
        except OSError:
            status, body = 404, b"<!doctype html>"
        bad = mode if self.path == MANIFEST or mode.startswith("version ") else "good"
        if bad == "another host" and "?" not in self.path:
            status, body, heads = 302, b"", {"Location": f"http://localhost:{self.server.server_port}{self.path}?again"}
        elif bad in ("404", "500"):
            status, body = int(bad), b"<!doctype html>"
        elif bad == "a page in its place":
            body, kind = b"<!doctype html><title>x</title>", "text/html"
        elif bad == "text that is the list":
            kind = "text/plain"
        elif bad == "cut off":
            cut = len(body) // 2
        elif bad == "giant":
            heads = {"Content-Length": str(1 << 40)}
        elif bad == "hangs up":
            self.close_connection = True
            return
        elif bad.startswith("version ") and self.path.startswith("/ban-ghi/"):
            if bad == "version changed":
                body += b" "
            elif bad == "version 500":
                status, body = 500, b""
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **heads}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[: len(body) - cut] if cut else body)
        if cut or bad == "giant":
            self.close_connection = True


def build(box, *words):
    done = subprocess.run([PROGRAM, "build", *DAY, *words], cwd=box, capture_output=True, text=True, timeout=200)
    return done.returncode, done.stderr


def main():
    global mode, served
    with tempfile.TemporaryDirectory(prefix="congkhai-truoc-") as box:
        shutil.copytree(os.path.join(os.path.dirname(__file__), "../sites/toi-thieu"), f"{box}/content")
        served = f"{box}/served"
        server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        here = f"http://127.0.0.1:{server.server_port}"
        faults, tried = [], 0

        def expect(what, good, said=""):
            nonlocal tried
            tried += 1
            if not good:
                faults.append(f"{what}: {said.strip()[-400:]}")

        # Two states of an article are published; the machine that publishes the third has nothing but the content.
        article = glob.glob(f"{box}/content/bai-viet/*/*.md")[0]
        for state in ("one", "two"):
            with open(article, "a") as file:
                file.write(f"\nThêm {state}.\n")
            status, said = build(box, "--output", "served")
            expect(f"state {state}", status == 0, said)
        with open(article, "a") as file:
            file.write("\nThêm nữa.\n")
        before = {os.path.relpath(f, served) for f in glob.glob(f"{served}/ban-ghi/**/*.json", recursive=True)}
        changed = next(n for n, v in json.load(open(served + MANIFEST))["ban_ghi"].items() if v.get("truoc"))
        for mode in ("good", "text that is the list"):
            shutil.rmtree(f"{box}/public", ignore_errors=True)
            status, said = build(box, "--previous", here + "/")
            expect(mode, status == 0, said)
            new = json.load(open(f"{box}/public{MANIFEST}"))
            for path in sorted(before):
                same = os.path.isfile(f"{box}/public/{path}")
                same = same and open(f"{box}/public/{path}", "rb").read() == open(f"{served}/{path}", "rb").read()
                expect(f"{mode}: {path} is kept and listed", same and path in new["tep"])
            old = json.load(open(served + MANIFEST))["ban_ghi"][changed]
            expect(f"{mode}: newest first", new["ban_ghi"][changed]["truoc"] == [old["phien_ban"], *old["truoc"]])
        asked.clear()
        status, said = build(box, "--previous", here)
        expect("what is there already is not asked for again", status == 0 and asked == [MANIFEST], f"{asked} {said}")
        for mode, wanted, words in (
            ("404", 2, "lần đăng đầu tiên thì bỏ --previous"),
            ("500", 3, "500"),
            ("a page in its place", 2, "không phải phien-ban.json"),
            ("cut off", 3, "không tải được"),
            ("giant", 3, "không tải được"),
            ("hangs up", 3, "không tải được"),
            ("another host", 3, "máy chủ khác"),
            ("version changed", 3, "không khớp với mã trong tên"),
            ("version 500", 3, "500"),
        ):
            shutil.rmtree(f"{box}/public", ignore_errors=True)
            status, said = build(box, "--previous", here)
            expect(mode, status == wanted and words in said, f"status {status}: {said}")
            expect(f"{mode}: nothing is written", not os.path.exists(f"{box}/public"))
        status, said = build(box, "--previous", here.replace("http:", "https:"))
        expect("no TLS", status == 3 and not os.path.exists(f"{box}/public"), said)
        status, said = build(box, "--previous", "http://127.0.0.1:9")
        expect("nobody there", status == 3 and not os.path.exists(f"{box}/public"), said)
        # Somebody took a version down from the published site: it stays down, and the build says so.
        mode = "good"
        gone = f"ban-ghi/{changed}/{old['truoc'][0]}.json"
        os.unlink(f"{served}/{gone}")
        status, said = build(box, "--previous", here)
        listed = json.load(open(f"{box}/public{MANIFEST}"))["tep"]
        expect("a version that was taken down", status == 0 and gone in said and gone not in listed, said)
        server.shutdown()
    print(f"previous: {tried} tried, {len(faults)} failed")
    for fault in faults:
        print("    " + fault)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
