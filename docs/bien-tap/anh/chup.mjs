// Takes the pictures of the handbook from a site that is made now and from what the commands print.
//
//   cargo build && (cd tests/browser && npm ci) && node docs/bien-tap/anh/chup.mjs [picture …]
//
// The site is the one that the chapters make: init, then what they tell to write. Pictures have few colours and
// are written with a palette, so that they stay small.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { deflateSync, inflateSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../../..');
const command = process.env.CONGKHAI ?? join(root, 'target/debug/congkhai');
const { chromium } = await import(pathToFileURL(join(root, 'tests/browser/node_modules/playwright-core/index.mjs')));

// ---- The site -------------------------------------------------------------------------------------

const work = mkdtempSync(join(tmpdir(), 'so-tay-'));
const site = join(work, 'trang');
const env = { ...process.env, SOURCE_DATE_EPOCH: '1795410000', NO_COLOR: '1' };

function run(words, cwd = site) {
  try {
    return execFileSync(command, words, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    return error.stdout; // Content with errors is what some pictures are about.
  }
}

// Writes what a chapter tells to write.
function written(chapter) {
  const text = readFileSync(join(here, '..', chapter), 'utf8');
  for (const [, path, words] of text.matchAll(/^```\w+ ghi: (\S+)\n(.*?)^```$/gms)) {
    mkdirSync(dirname(join(site, path)), { recursive: true });
    writeFileSync(join(site, path), words);
  }
}

run(['init', 'trang', '--name', 'Sở Mẫu', '--parent', 'Ủy ban nhân dân tỉnh Mẫu', '--address', 'Số 1, đường Mẫu',
  '--base-url', 'https://cong-khai.gov.vn/', '--date', '2026-11-23'], work);
const first = readFileSync(join(site, 'content/thu-tuc/0.000001.yaml'), 'utf8');
writeFileSync(join(site, 'content/thu-tuc/0.000003.yaml'), first.replaceAll('0.000001', '0.000003'));
const decision = join(site, 'content/quyet-dinh/01-qd-minhhoa.yaml');
writeFileSync(decision, readFileSync(decision, 'utf8').replace('minh_hoa: true',
  '  - thu_tuc: "0.000003"\n    loai: ban_hanh_moi\nminh_hoa: true'));
for (const chapter of ['quyet-dinh.md', 'phan-anh.md', 'so-lieu.md']) written(chapter);
run(['build']);
const work_to_do = run(['todo']);
written('loi.md');
const faults = run(['check']);

// ---- The pictures ----------------------------------------------------------------------------------

// Name, and what is taken: a page of the site (and how much of it), or a line typed with what it printed.
const pictures = [
  ['trang-chu', { page: 'index.html', height: 820 }],
  ['quyet-dinh', { page: 'quyet-dinh/02-qd-minhhoa/index.html', height: 1180 }],
  ['niem-yet', { page: 'niem-yet/index.html', height: 1000 }],
  ['phan-anh', { page: 'phan-anh/2026-002/index.html', height: 1200 }],
  ['ket-qua', { page: 'ket-qua/index.html', height: 900 }],
  ['ke-hoach', { page: 'ke-hoach/2026/index.html', height: 1000 }],
  ['viec-can-lam', { typed: 'congkhai todo', printed: work_to_do }],
  ['kiem-tra', { typed: 'congkhai check', printed: faults }],
  ['giai-thich', { typed: 'congkhai explain CK0304', printed: run(['explain', 'CK0304']) }],
];

const escaped = (text) => text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]);
const terminal = (typed, printed) => `<!DOCTYPE html><meta charset="utf-8"><style>
  body { margin: 0; background: #1e1e1e } pre { margin: 0; padding: 16px; color: #e6e6e6; font: 14px/1.45 "Noto Sans Mono", "DejaVu Sans Mono", monospace; white-space: pre-wrap }
  b { color: #8fd18f; font-weight: normal }</style><pre><b>$ ${escaped(typed)}</b>\n${escaped(printed.trimEnd())}</pre>`;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const asked = process.argv.slice(2);
for (const [name, what] of pictures) {
  if (asked.length && !asked.includes(name)) continue;
  const context = await browser.newContext({ viewport: { width: 860, height: what.height ?? 100 }, colorScheme: 'light' });
  const page = await context.newPage();
  if (what.page) await page.goto(pathToFileURL(join(site, 'public', what.page)).href);
  else await page.setContent(terminal(what.typed, what.printed));
  const png = await page.screenshot({ fullPage: !what.page });
  writeFileSync(join(here, `${name}.png`), small(png));
  await context.close();
}
await browser.close();
rmSync(work, { recursive: true });

// ---- Small PNGs (ISO/IEC 15948): 8 bits a channel in, at most 64 colours of a palette out -------------

function small(png) {
  const width = png.readUInt32BE(16), height = png.readUInt32BE(20), channels = png[25] === 6 ? 4 : 3;
  const data = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const pixels = unfiltered(inflateSync(Buffer.concat(data)), width * channels, height, channels);
  const counts = new Map();
  const key = (i) => (pixels[i] << 16) | (pixels[i + 1] << 8) | pixels[i + 2];
  for (let i = 0; i < pixels.length; i += channels) counts.set(key(i), (counts.get(key(i)) ?? 0) + 1);
  // The most frequent colours that differ enough to be seen apart.
  const palette = [];
  const apart = (a, b) => Math.abs((a >> 16) - (b >> 16)) + Math.abs((a >> 8 & 255) - (b >> 8 & 255)) + Math.abs((a & 255) - (b & 255));
  for (const [colour] of [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])) {
    if (palette.length < 64 && palette.every((known) => apart(known, colour) > 14)) palette.push(colour);
  }
  const index = new Map();
  for (const colour of counts.keys()) {
    let best = 0;
    palette.forEach((known, i) => { if (apart(known, colour) < apart(palette[best], colour)) best = i; });
    index.set(colour, best);
  }
  const bits = palette.length <= 16 ? 4 : 8;
  const row = Math.ceil(width * bits / 8);
  const raw = Buffer.alloc(height * (row + 1));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const value = index.get(key((y * width + x) * channels));
      const at = y * (row + 1) + 1 + (bits === 8 ? x : x >> 1);
      raw[at] |= bits === 8 ? value : value << (x % 2 ? 0 : 4);
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = bits;
  head[9] = 3;
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, colour >> 8 & 255, colour & 255]));
  const parts = [['IHDR', head], ['PLTE', colours], ['IDAT', deflateSync(raw, { level: 9 })], ['IEND', Buffer.alloc(0)]];
  return Buffer.concat([png.subarray(0, 8), ...parts.map(([name, bytes]) => chunk(name, bytes))]);
}

function unfiltered(raw, stride, height, channels) {
  const out = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const kind = raw[y * (stride + 1)];
    for (let i = 0; i < stride; i += 1) {
      const left = i >= channels ? out[y * stride + i - channels] : 0;
      const up = y ? out[(y - 1) * stride + i] : 0;
      const corner = y && i >= channels ? out[(y - 1) * stride + i - channels] : 0;
      const guess = left + up - corner;
      const [a, b, c] = [left, up, corner].map((value) => Math.abs(guess - value));
      const paeth = a <= b && a <= c ? left : b <= c ? up : corner;
      out[y * stride + i] = raw[y * (stride + 1) + 1 + i] + [0, left, up, (left + up) >> 1, paeth][kind];
    }
  }
  return out;
}

function chunk(name, bytes) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), bytes]);
  let crc = 0xffffffff;
  for (const byte of body) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(bytes.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE((crc ^ 0xffffffff) >>> 0, body.length + 4);
  return out;
}
