#!/usr/bin/env python3
"""Serves a built site by real web servers with the settings of `congkhai hosting` and looks at what they answer.

    tests/hosting/servers.py CONGKHAI SITE [--base-url URL] [--only nginx,caddy,apache2] [--must nginx]

SITE is a folder that `congkhai build` made. For each server that is installed: every sort of file has every header of
src/base/headers.rs (read out of the file `_headers`), its type and its rule of caches; what is not there is the site's own
page, with status 404; no folder is listed; hidden files are not given out; text is packed on the way and unpacks to the same
bytes; a copy that is still good is answered by 304; a page that moved (`doi_dia_chi`) is answered by 301. A server named in --must that is missing is a failure.
"""

import argparse
import gzip
import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from urllib.parse import quote, urlsplit

IMMUTABLE, PAGES = "public, max-age=31536000, immutable", "public, max-age=300, must-revalidate"
ASSET = re.compile(r"/giao-dien/[^/]+-[0-9a-f]{8}\.[a-z0-9]+$")
# What the type of each ending begins with. A type is what a browser goes by under nosniff.
TYPES = {
    "html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "json": "application/json",
    "xml": "application/xml", "csv": "text/csv", "txt": "text/plain", "pdf": "application/pdf", "ics": "text/calendar",
    "xlsx": "application/vnd.openxmlformats",
}
TEXTS = {"html", "css", "js", "svg", "json", "xml", "csv", "txt"}


class Server:
    def __init__(self, name, box, root, settings):
        self.name, self.box, self.root, self.settings = name, box, root, settings
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def command(self):
        box, port = self.box, self.port
        conf = os.path.join(box, self.name + ".conf")
        if self.name == "nginx":
            text = f"""pid {box}/nginx.pid; error_log {box}/nginx.log; daemon off; worker_processes 1;
                {"user root;" if os.getuid() == 0 else ""}
                events {{}} http {{ access_log off; client_body_temp_path {box}/t1; proxy_temp_path {box}/t2;
                fastcgi_temp_path {box}/t3; uwsgi_temp_path {box}/t4; scgi_temp_path {box}/t5;
                server {{ listen 127.0.0.1:{port}; root "{self.root}"; include {self.settings}/nginx.conf; }} }}"""
            words = ["nginx", "-e", f"{box}/nginx.log", "-p", box, "-c", conf]
        elif self.name == "caddy":
            text = f"""{{\nadmin off\nauto_https off\n}}\nhttp://127.0.0.1:{port} {{\nroot * {self.root}\n
                import {self.settings}/Caddyfile\n}}\n"""
            words = ["caddy", "run", "--adapter", "caddyfile", "--config", conf]
        else:
            modules = "".join(
                f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n"
                for name in "mpm_event authz_core dir mime alias headers deflate filter autoindex negotiation".split()
            )
            # The file as .htaccess, as most of Apache's users have it; with the module that lists folders there.
            shutil.copyfile(f"{self.settings}/htaccess", f"{self.root}/.htaccess")
            text = f"""{modules}ServerRoot {box}\nPidFile {box}/apache.pid\nErrorLog {box}/apache.log\nListen 127.0.0.1:{port}
                ServerName localhost\nDocumentRoot "{self.root}"\nTypesConfig /etc/mime.types\n
                <Directory "{self.root}">\nAllowOverride All\nRequire all granted\nOptions +Indexes +MultiViews\n</Directory>\n"""
            words = ["apache2", "-f", conf, "-DFOREGROUND"]
        with open(conf, "w") as file:
            file.write(text)
        return words

    def __enter__(self):
        environment = {**os.environ, "HOME": self.box, "XDG_DATA_HOME": self.box, "XDG_CONFIG_HOME": self.box}
        self.log = open(os.path.join(self.box, self.name + ".out"), "w+")
        self.process = subprocess.Popen(
            self.command(), stdout=self.log, stderr=subprocess.STDOUT, env=environment, start_new_session=True
        )
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return self
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
        self.log.seek(0)
        raise SystemExit(f"{self.name} did not start: {self.log.read()[-2000:]}")

    def __exit__(self, *_):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
        self.log.close()
        if self.name == "apache2":
            os.unlink(f"{self.root}/.htaccess")

    def get(self, path, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body


def sample(site):
    """One file of every folder at the top and ending, the home page and all the theme's files."""
    chosen = {}
    for folder, folders, names in os.walk(site):
        folders.sort()
        for name in sorted(names):
            path = os.path.relpath(os.path.join(folder, name), site)
            end = name.rsplit(".", 1)[-1]
            key = path if "giao-dien/" in path else (path.split("/")[0], end)
            if "/." not in "/" + path or path.startswith(".well-known/"):
                chosen.setdefault(key, path)
    return sorted(set(chosen.values()))


# Pages that moved, as `trang.yaml` would say: with a point in the name, and one that is the other's beginning.
MOVED = {"thu-tuc/1.000001/": "thu-tuc/", "thu-tuc/1.0000011/": "quyet-dinh/"}


def look(server, below, site, wanted):
    faults, asked = [], 0
    say = lambda path, words: faults.append(f"{server.name} {path}: {words}")

    def heads(path, answer, cache):
        for name, value in wanted:
            got = answer.headers.get_all(name) or []
            if got != [value]:
                say(path, f"{name} is {got}, not {value!r}")
        if (answer.headers.get_all("Cache-Control") or []) != [cache]:
            say(path, f"Cache-Control is {answer.headers.get_all('Cache-Control')}, not {cache!r}")

    def typed(path, answer, end):
        got = answer.headers.get_content_type()
        if end in TYPES and not got.startswith(TYPES[end]):
            say(path, f"type {got}")
        if end in TEXTS and end != "svg" and (answer.headers.get_content_charset() or "") != "utf-8":
            say(path, f"no charset: {answer.headers['Content-Type']}")

    files = sample(site)
    for file in files:
        asked += 1
        with open(os.path.join(site, file), "rb") as opened:
            held = opened.read()
        address = below + quote(file)
        answer, body = server.get(address)
        if answer.status != 200 or body != held:
            say(address, f"status {answer.status}, {len(body)} bytes of {len(held)}")
        end = file.rsplit(".", 1)[-1]
        typed(address, answer, end)
        heads(address, answer, IMMUTABLE if ASSET.search("/" + file) else PAGES)
        stamp = answer.headers.get("ETag") or answer.headers.get("Last-Modified")
        if not stamp:
            say(address, "neither ETag nor Last-Modified")
        elif answer.headers.get("Last-Modified"):
            again, _ = server.get(address, If_Modified_Since=answer.headers["Last-Modified"])
            if again.status != 304:
                say(address, f"{again.status} to If-Modified-Since")
        if end in TEXTS and len(held) > 2000:
            packed, body = server.get(address, Accept_Encoding="gzip")
            if packed.headers.get("Content-Encoding") != "gzip" or gzip.decompress(body) != held:
                say(address, "is not packed, or unpacks to something else")
            if "accept-encoding" not in (packed.headers.get("Vary") or "").lower():
                say(address, "packed, and Vary does not say so")
        if file.endswith("/index.html") or file == "index.html":
            answer, body = server.get(below + quote(file[: -len("index.html")]))
            if answer.status != 200 or body != held:
                say(file, f"as a folder: status {answer.status}")
            typed(file, answer, "html")
            heads(file, answer, PAGES)
    with open(os.path.join(site, "404.html"), "rb") as opened:
        lost = opened.read()
    # An absent page, an absent file of the theme, hidden files, and a folder without a page of its own.
    bare = next(
        (os.path.relpath(f, site) + "/" for f, _, names in os.walk(site) if "index.html" not in names and "/." not in f), None
    )
    gone = ["khong-co/", "giao-dien/khong-co-00000000.css", ".congkhai-output", ".git/config", ".htaccess", "tep/.an/x"]
    for path in gone + ([bare] if bare else []):
        asked += 1
        answer, body = server.get(below + path)
        # A folder that may not be listed is 403 in nginx and Apache, 404 in Caddy: the page is the site's own.
        if answer.status not in ((403, 404) if path == bare else (404,)):
            say(path, f"status {answer.status}, not 404")
        if body != lost:
            say(path, f"is not the page of the site: {body[:80]!r}")
        if b"Index of" in body:
            say(path, "a folder is listed")
        heads(path, answer, PAGES)
    for old, new in MOVED.items():
        asked += 1
        answer, _ = server.get(below + old)
        to = urlsplit(answer.headers.get("Location") or "").path
        if answer.status != 301 or to != below + new:
            say(old, f"moved: status {answer.status} to {to!r}, not 301 to {below + new!r}")
    asked += 1
    answer, _ = server.get(below + "thu-tuc/1x000001/")
    if answer.status != 404:
        say("thu-tuc/1x000001/", f"status {answer.status}: a point of a pattern stands for any letter")
    said = server.get(below)[0].headers.get("Server") or ""
    if re.search(r"\d", said) and server.name == "nginx":
        say("/", f"tells its version: {said}")
    return faults, asked


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("congkhai")
    parser.add_argument("site")
    parser.add_argument("--base-url", default="https://thu.gov.vn/")
    parser.add_argument("--only", default="nginx,caddy,apache2")
    parser.add_argument("--must", default="nginx")
    options = parser.parse_args()
    below = urlsplit(options.base_url).path
    failed = 0
    with tempfile.TemporaryDirectory(prefix="congkhai-may-chu-") as box:
        # At the place of its address, as the server has it.
        root = os.path.join(box, "goc")
        site = os.path.join(root, below.strip("/")) if below.strip("/") else root
        shutil.copytree(options.site, site)
        os.makedirs(os.path.join(site, ".git"))
        with open(os.path.join(site, ".git", "config"), "w") as file:
            file.write("not to be read")
        settings = os.path.join(box, "may-chu")
        made = [options.congkhai, "init", os.path.join(box, "kho"), "--name", "Sở Thử", "--address", "Số 1"]
        subprocess.run(made + ["--base-url", options.base_url, "--date", "2026-11-23"], check=True, stdout=subprocess.DEVNULL)
        content = os.path.join(box, "kho", "content")
        with open(os.path.join(content, "trang.yaml"), "a") as file:
            file.write("\ndoi_dia_chi:\n")
            for old, new in MOVED.items():
                file.write(f"  - {{tu: /{old}, den: /{new}, ngay: 2026-11-01, ly_do: Đổi mã}}\n")
        command = [options.congkhai, "hosting", settings, "--base-url", options.base_url, "--content", content]
        subprocess.run(command, check=True)
        with open(os.path.join(settings, "_headers")) as file:
            everywhere = file.read().split("/*\n", 1)[1].split("\n/", 1)[0]
        wanted = [tuple(line.strip().split(": ", 1)) for line in everywhere.splitlines()]
        if len(wanted) < 6:
            raise SystemExit(f"_headers says only {wanted}")
        for name in options.only.split(","):
            if not shutil.which(name):
                print(f"{name}: not installed")
                failed += name in options.must.split(",")
                continue
            with Server(name, box, root, settings) as server:
                faults, asked = look(server, below, site, wanted)
            print(f"{name}: {asked} addresses, {len(faults)} faults")
            for fault in faults[:20]:
                print("    " + fault)
            failed += len(faults) > 0
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
