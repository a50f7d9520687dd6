// Sheets for the board on paper: sides, words, codes. Prints every sheet of the built site.
// Usage: SITE=../../public node --test posting.test.mjs      (CONGKHAI: the program, to try `congkhai print` as well)
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, test } from 'node:test';
import jsQR from 'jsqr';
import { CHROMIUM, SITE, launch } from './served.mjs';

if (spawnSync('pdftotext', ['-v']).error) throw new Error('no pdftotext: apt-get install poppler-utils');

const walk = dir => fs.readdirSync(dir, { withFileTypes: true }).flatMap(e =>
  e.isDirectory() ? walk(path.join(dir, e.name)) : [path.join(dir, e.name)]).sort();
const sheets = walk(SITE).filter(f => f.endsWith('.html')).flatMap(file => {
  const html = fs.readFileSync(file, 'utf8');
  const kind = /<body[^>]*data-page="([^"]+)"/.exec(html)?.[1];
  if (!['procedure-sheet', 'field-sheet', 'field-cover', 'petition-notice'].includes(kind)) return [];
  const setting = /<article class="sheet ?([a-z0-9 ]*)"/.exec(html)?.[1];
  const canonical = /<link rel="canonical" href="([^"]+)"/.exec(html)[1];
  // A sheet leads to the page that it is the paper of.
  return [{ file, kind, setting, ended: setting === undefined, leadsTo: canonical.replace(/niem-yet\/(bia\/)?$/, ''), name: path.relative(SITE, path.dirname(file)) }];
});

const out = fs.mkdtempSync(path.join(os.tmpdir(), 'niem-yet-'));
let browser;
before(async () => {
  browser = await launch();
  // A reader's dark theme and its setting for printing backgrounds must not show on paper.
  const page = await browser.newPage({ colorScheme: 'dark' });
  for (const [i, sheet] of sheets.entries()) {
    await page.goto(pathToFileURL(sheet.file).href);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    Object.assign(sheet, await page.evaluate(() => {
      const shown = e => e.getClientRects().length > 0;
      const of = e => getComputedStyle(e);
      const all = [...document.querySelectorAll('.sheet, .sheet *')].filter(e => e.textContent.trim() && shown(e));
      return {
        // What is there for screen readers alone is on no paper.
        words: (() => {
          const unseen = [...document.querySelectorAll('.sheet .vh')];
          unseen.forEach(element => { element.hidden = true; });
          const words = document.querySelector('.sheet')?.innerText ?? '';
          unseen.forEach(element => { element.hidden = false; });
          return words;
        })(),
        around: [...document.querySelectorAll('nav, .top, .foot, .skip, .noprint')].filter(shown).map(e => e.className),
        colours: [...new Set(all.map(e => of(e).color))], ground: of(document.body).backgroundColor,
      };
    }));
    sheet.pdf = path.join(out, `${i}.pdf`);
    fs.writeFileSync(sheet.pdf, await page.pdf({ preferCSSPageSize: true, tagged: true, printBackground: true }));
    sheet.sides = Number(/Pages:\s+(\d+)/.exec(execFileSync('pdfinfo', [sheet.pdf], { encoding: 'utf8' }))[1]);
  }
  await page.close();
});
after(async () => { await browser?.close(); fs.rmSync(out, { recursive: true, force: true }); });

const text = (sheet, ...options) => execFileSync('pdftotext', ['-enc', 'UTF-8', ...options, sheet.pdf, '-'], { encoding: 'utf8' });
// In the order in which it was written: columns are read one after the other. Readers of PDFs take a hyphen at the end of a line for a broken word, so hyphens are left out.
const bare = words => words.replace(/[\s\u00ad-]+/g, '');

test('there are sheets of every kind, each of A4', () => {
  for (const kind of ['procedure-sheet', 'field-sheet', 'field-cover', 'petition-notice']) assert.ok(sheets.some(s => s.kind === kind), kind);
  for (const sheet of sheets) assert.match(execFileSync('pdfinfo', [sheet.pdf], { encoding: 'utf8' }), /Tagged:\s+yes[^]*\(A4\)/, sheet.name);
});

test('a sheet that is set for one side has one, and only long records have more', t => {
  const faults = [], long = [];
  for (const sheet of sheets) {
    const one = sheet.kind === 'petition-notice' || (sheet.kind === 'procedure-sheet' && sheet.setting !== 'long');
    if (one && sheet.sides !== 1) faults.push(`${sheet.name}: ${sheet.sides} sides`);
    if (sheet.sides > 1) long.push(`${sheet.name} ${sheet.sides}`);
    if (sheet.kind === 'procedure-sheet' && sheet.sides > 4) faults.push(`${sheet.name}: ${sheet.sides} sides`);
  }
  t.diagnostic(`${sheets.length} sheets, on more than one side: ${long.join(', ') || 'none'}`);
  assert.deepEqual(faults, []);
  const whole = sheets.filter(s => s.kind === 'procedure-sheet' && s.words.includes('Giấy tờ phải nộp'));
  const onOne = whole.filter(s => s.sides === 1).length;
  assert.ok(whole.length > 20 && onOne >= 0.75 * whole.length, `${onOne} of ${whole.length} on one side`);
  // As large as the side allows: 11 pt where it has room.
  const large = whole.filter(s => ['single', 'long'].includes(s.setting)).length;
  assert.ok(large >= 0.3 * whole.length, `${large} of ${whole.length} in 11 pt`);
});

test('every word of a sheet is on the paper, in Vietnamese that can be copied', () => {
  const faults = [];
  for (const sheet of sheets) {
    const printed = text(sheet, '-raw');
    if (printed !== printed.normalize('NFC')) faults.push(`${sheet.name}: not NFC`);
    const paper = bare(printed);
    const lost = sheet.words.split(/\s+/).filter(word => word && !paper.includes(bare(word)));
    if (lost.length) faults.push(`${sheet.name}: lost ${lost.slice(0, 5)}`);
    if (!sheet.ended && sheet.setting !== undefined && !sheet.words.includes('Chưa có nội dung:') && !printed.includes(sheet.leadsTo.replace(/^https?:\/\//, ''))) faults.push(`${sheet.name}: the address is not whole`);
    if (!sheet.ended && bare(sheet.words).length < 80) faults.push(`${sheet.name}: hardly a word`);
  }
  assert.deepEqual(faults, []);
});

test('every side says what it is of, which version, and which side', () => {
  const faults = [];
  for (const sheet of sheets.filter(s => !s.ended)) {
    const version = /Bản ([0-9A-F]{6})/.exec(sheet.words)?.[1];
    for (let side = 1; side <= sheet.sides; side += 1) {
      const words = text(sheet, '-f', String(side), '-l', String(side), '-layout').replace(/\s+/g, ' ');
      if (!words.includes(`Trang ${side}/${sheet.sides}`)) faults.push(`${sheet.name}: side ${side} is not numbered`);
      if (!version || !words.slice(0, 400).includes(`Bản ${version}`)) faults.push(`${sheet.name}: side ${side} has no head`);
    }
  }
  assert.deepEqual(faults, []);
});

test('a table that runs over has its head on every side', () => {
  const over = sheets.filter(s => s.kind === 'field-sheet' && s.sides > 1);
  assert.ok(over.length > 0, 'the shipped site has a long list');
  for (const sheet of over) for (let side = 1; side < sheet.sides; side += 1) {
    const words = text(sheet, '-f', String(side), '-l', String(side), '-layout').replace(/\s+/g, ' ');
    assert.ok(words.includes('Thời hạn Phí, lệ phí Trực tuyến'), `${sheet.name}: side ${side}`);
  }
});

test('nothing of the site around it and nothing of a dark theme is printed', () => {
  const faults = [];
  for (const sheet of sheets) {
    if (sheet.around.length) faults.push(`${sheet.name}: ${sheet.around}`);
    for (const colour of sheet.colours) if (colour !== 'rgb(0, 0, 0)') faults.push(`${sheet.name}: letters in ${colour}`);
    if (!['rgba(0, 0, 0, 0)', 'rgb(255, 255, 255)'].includes(sheet.ground)) faults.push(`${sheet.name}: on ${sheet.ground}`);
  }
  assert.deepEqual(faults, []);
});

/** A side as a phone's camera has it, in shades of grey. */
function pictured(pdf, side) {
  const picture = execFileSync('pdftoppm', ['-r', '300', '-gray', '-f', String(side), '-l', String(side), pdf], { maxBuffer: 1 << 28 });
  const [head, width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(picture.subarray(0, 40).toString('latin1'));
  return { grey: picture.subarray(head.length), width: Number(width), height: Number(height) };
}

/** The code in a part of a side, and its width in millimetres without the quiet zone. */
function codeIn({ grey, width, height }, left = 0, top = 0, right = width, bottom = height) {
  const pixels = new Uint32Array((right - left) * (bottom - top));
  let at = 0;
  for (let y = top; y < bottom; y += 1) for (let x = left; x < right; x += 1, at += 1) pixels[at] = grey[y * width + x] * 0x010101 + 0xff000000;
  const rgba = new Uint8ClampedArray(pixels.buffer);
  const code = jsQR(rgba, right - left, bottom - top, { inversionAttempts: 'dontInvert' });
  if (!code) return {};
  const { topLeftCorner: a, topRightCorner: b } = code.location;
  return { url: code.data, millimetres: Math.hypot(b.x - a.x, b.y - a.y) / 300 * 25.4 };
}

/** The code at the head of a sheet; of a list, whose rows have codes of their own, above these. */
const scanned = (pdf, list = false) => {
  const picture = pictured(pdf, 1);
  return list ? codeIn(picture, picture.width >> 1, 0, picture.width, Math.round(picture.height * .2)) : codeIn(picture);
};

test('each row of a list has a code that leads to its procedure', () => {
  const lists = sheets.filter(s => s.kind === 'field-sheet').map(sheet => ({ ...sheet, rows: [...fs.readFileSync(sheet.file, 'utf8').matchAll(/<td class="code">([^<]+)</g)].map(([, code]) => code) })).sort((a, b) => b.rows.length - a.rows.length);
  const sheet = lists[0], read = new Map();
  assert.ok(sheet.rows.length > 20, `${sheet.rows.length} rows`);
  for (let side = 1; side <= sheet.sides; side += 1) {
    const picture = pictured(sheet.pdf, side), { width, height } = picture;
    // Down the last column, in windows that hold one code and little of the next.
    const tall = Math.round(20 / 25.4 * 300), step = Math.round(2 / 25.4 * 300);
    for (let top = 0; top + tall <= height; top += step) {
      const { url, millimetres } = codeIn(picture, Math.round(width * .84), top, width, top + tall);
      if (url) read.set(url, millimetres);
    }
  }
  const wanted = sheet.rows.map(code => new URL(`../../thu-tuc/${code}/`, sheet.leadsTo).href);
  assert.deepEqual(wanted.filter(url => !read.has(url)), []);
  assert.deepEqual([...read].filter(([url, wide]) => wide < 12 || ![...wanted, sheet.leadsTo].includes(url)), []);
});

test('the code on the paper leads to the canonical address and is large enough', () => {
  const some = kind => { const all = sheets.filter(s => s.kind === kind && !s.ended).sort((a, b) => b.leadsTo.length - a.leadsTo.length); return [all[0], all[Math.floor(all.length / 2)], all.at(-1)]; };
  const picked = [...new Set([...some('procedure-sheet'), ...some('field-sheet'), ...some('field-cover'), ...some('petition-notice')])];
  const faults = [];
  for (const sheet of picked) {
    const { url, millimetres } = scanned(sheet.pdf, sheet.kind === 'field-sheet');
    if (url !== sheet.leadsTo) faults.push(`${sheet.name}: reads ${url}, should be ${sheet.leadsTo}`);
    else if (millimetres < 25) faults.push(`${sheet.name}: ${millimetres.toFixed(1)} mm`);
    if (!fs.existsSync(path.join(SITE, path.relative(SITE, path.dirname(sheet.file)).replace(/\/?niem-yet(\/bia)?$/, ''), 'index.html'))) faults.push(`${sheet.name}: leads nowhere`);
  }
  assert.ok(picked.length >= 8);
  assert.deepEqual(faults, []);
});

test('`congkhai print` makes tagged PDFs with a title and an outline', { skip: !process.env.CONGKHAI && 'CONGKHAI names no program' }, () => {
  const root = path.resolve(import.meta.dirname, '../..');
  const folder = path.join(out, 'ban-in');
  const run = spawnSync(process.env.CONGKHAI, ['print', '--procedure', '1.014888', '--field', 'buu-chinh', '--notice', '--date', '2026-11-23',
    '--base-url', 'https://thu.gov.vn/mot/thu-muc/', '--output-dir', folder], { cwd: root, encoding: 'utf8', env: { ...process.env, CHROMIUM } });
  assert.equal(run.status, 0, run.stderr);
  const made = fs.readdirSync(folder).filter(name => name.endsWith('.pdf')).sort();
  for (const name of ['1.014888.pdf', 'linh-vuc-buu-chinh.pdf', 'linh-vuc-buu-chinh-bia.pdf', 'phan-anh.pdf']) assert.ok(made.includes(name), `${made}`);
  for (const name of made) {
    const pdf = path.join(folder, name);
    const info = execFileSync('pdfinfo', [pdf], { encoding: 'utf8' });
    assert.match(info, /Tagged:\s+yes/, name);
    assert.match(info, /Title:\s+\S/, name);
    const bytes = fs.readFileSync(pdf, 'latin1');
    assert.ok(bytes.includes('/Marked true') && bytes.includes('/Lang (vi)') && bytes.includes('/Outlines'), name);
  }
  assert.equal(scanned(path.join(folder, '1.014888.pdf')).url, 'https://thu.gov.vn/mot/thu-muc/thu-tuc/1.014888/');
  assert.ok(run.stdout.includes('1.014888.pdf: 1 mặt'), run.stdout);
});
