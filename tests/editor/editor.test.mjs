// The schemas as an editor's program uses them: the real yaml-language-server on a site made by `init` and `new`.
// Needs CONGKHAI, the path of the program.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";

const congkhai = process.env.CONGKHAI;
const here = fileURLToPath(new URL(".", import.meta.url));
let root, site, server, talk;
const faults = new Map();
let version = 0;

before(async () => {
  assert.ok(congkhai, "CONGKHAI names the program");
  root = mkdtempSync(join(tmpdir(), "congkhai-editor-"));
  const run = (cwd, ...words) => execFileSync(congkhai, words, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  run(root, "init", "trang", "--name", "Sở Mẫu", "--address", "Số 1", "--base-url", "https://mau.gov.vn/", "--date", "2026-11-23");
  site = join(root, "trang");
  run(site, "new", "thu-tuc", "1.014888");

  server = spawn("node", [join(here, "node_modules/yaml-language-server/bin/yaml-language-server"), "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  talk = createMessageConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  const settings = JSON.parse(readFileSync(join(site, ".vscode/settings.json"), "utf8"));
  const yaml = { schemas: settings["yaml.schemas"], schemaStore: { enable: false }, validate: true, hover: true, completion: true };
  talk.onRequest("workspace/configuration", ({ items }) => items.map(({ section }) => (section === "yaml" ? yaml : {})));
  talk.onRequest("client/registerCapability", () => null);
  talk.onRequest("window/workDoneProgress/create", () => null);
  talk.onNotification("textDocument/publishDiagnostics", ({ uri, diagnostics }) => faults.set(uri, diagnostics));
  talk.listen();
  const uri = pathToFileURL(site).href;
  await talk.sendRequest("initialize", {
    processId: process.pid,
    rootUri: uri,
    workspaceFolders: [{ uri, name: "trang" }],
    capabilities: {
      textDocument: { completion: { completionItem: { snippetSupport: true } }, hover: { contentFormat: ["markdown", "plaintext"] } },
      workspace: { configuration: true, workspaceFolders: true, didChangeConfiguration: { dynamicRegistration: true } },
    },
  });
  await talk.sendNotification("initialized", {});
  await talk.sendNotification("workspace/didChangeConfiguration", { settings: { yaml } });
});

after(async () => {
  talk?.dispose();
  if (server) {
    // What is left in its pipes would keep this process alive, now and then for ever.
    const gone = new Promise((done) => server.once("exit", done));
    server.stdin.destroy();
    server.stdout.destroy();
    server.kill("SIGKILL");
    if (server.exitCode === null && server.signalCode === null) await gone;
  }
  if (root) rmSync(root, { recursive: true });
});

// Opens a text as a file of the site and gives what the server underlines in it.
async function open(file, text) {
  const uri = pathToFileURL(join(site, file)).href;
  faults.delete(uri);
  version += 1;
  await talk.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version, text } });
  for (let i = 0; i < 200 && !faults.has(uri); i += 1) await new Promise((done) => setTimeout(done, 50));
  assert.ok(faults.has(uri), `the server judged ${file}`);
  return uri;
}

async function close(uri) {
  await talk.sendNotification("textDocument/didClose", { textDocument: { uri } });
}

test("the records of a new site have no red line", async () => {
  for (const file of ["content/trang.yaml", "content/thu-tuc/0.000001.yaml", "content/phan-anh/2026/2026-001.yaml", "content/thong-ke/2026-minh-hoa.yaml",
    "content/danh-muc/ngay-nghi.yaml", "content/ke-hoach/2026.yaml", "content/cat-giam/cg-minh-hoa.yaml", "content/quyet-dinh/01-qd-minhhoa.yaml"]) {
    const uri = await open(file, readFileSync(join(site, file), "utf8"));
    assert.deepEqual(faults.get(uri), [], file);
    await close(uri);
  }
});

test("no record of the shipped site, which check accepts, has a red line", async () => {
  const content = join(here, "../../content");
  const files = readdirSync(content, { recursive: true }).filter((file) => file.endsWith(".yaml"));
  assert.ok(files.length > 100, "the site is there");
  // Every fourth: the kinds are all among them, and a judgement takes a while.
  for (const file of files.sort().filter((_, i) => i % 4 === 0)) {
    const uri = await open(join("content", file), readFileSync(join(content, file), "utf8"));
    assert.deepEqual(faults.get(uri), [], file);
    await close(uri);
  }
});

test("a key is completed", async () => {
  const text = 'ma: "1.014888"\nten: A\nlinh_vuc: a\ncach_thuc:\n  - hinh_thuc: truc_tiep\n    th\n';
  const uri = await open("content/thu-tuc/a.yaml", text);
  const { items } = await talk.sendRequest("textDocument/completion", { textDocument: { uri }, position: { line: 5, character: 6 } });
  const item = items.find(({ label }) => label === "thoi_han");
  assert.ok(item, items.map(({ label }) => label).join(", "));
  assert.match(JSON.stringify(item.documentation), /Thời hạn giải quyết/);
  await close(uri);
});

test("the choices of a key are offered with their words", async () => {
  const uri = await open("content/phan-anh/2026/a.yaml", "ma: 2026-009\nkenh: \n");
  const { items } = await talk.sendRequest("textDocument/completion", { textDocument: { uri }, position: { line: 1, character: 6 } });
  const item = items.find(({ label }) => label === "dien_thoai");
  assert.ok(item, items.map(({ label }) => label).join(", "));
  assert.match(JSON.stringify(item.documentation), /Điện thoại/);
  await close(uri);
});

test("an unknown key, a wrong choice and a wrong date are underlined", async () => {
  const text = "ma: 2026-009\nngay_tiep_nhan: 5/3/2026\nkenh: dien_thoai\nloai: sai\ntieu_de: A\nnoi_dung: B\ndon_vi: a\nnguoi_gui: C\n";
  const uri = await open("content/phan-anh/2026/b.yaml", text);
  const found = faults.get(uri);
  const on = (line) => found.filter(({ range }) => range.start.line === line).map(({ message }) => message).join(" ");
  assert.match(on(7), /nguoi_gui/);
  assert.match(on(1), /năm-tháng-ngày/);
  assert.match(on(3), /quy_dinh/);
  assert.equal(found.filter(({ range }) => ![1, 3, 7].includes(range.start.line)).length, 0, JSON.stringify(found));
  await close(uri);
});

test("hover explains a key in Vietnamese", async () => {
  const uri = await open("content/quyet-dinh/a.yaml", "so: 1/QĐ-A\nngay_ky: 2026-03-05\nco_quan: A\ntrich_yeu: B\nmuc: []\n");
  const { contents } = await talk.sendRequest("textDocument/hover", { textDocument: { uri }, position: { line: 1, character: 3 } });
  assert.match(JSON.stringify(contents), /Ngày ký\. Viết năm-tháng-ngày/);
  await close(uri);
});

test("a file made by new finds its schema by its first line, wherever it lies", async () => {
  const text = readFileSync(join(site, "content/thu-tuc/1.014888.yaml"), "utf8");
  assert.match(text, /^# yaml-language-server: \$schema=/);
  const filled = text.replace("\nten:\n", "\nten: A\nla_gi: 1\n").replace("\nlinh_vuc:\n", "\nlinh_vuc: a\n");
  const uri = await open("content/khac/1.014888.yaml", filled);
  assert.match(JSON.stringify(faults.get(uri)), /la_gi/);
  await close(uri);
});
