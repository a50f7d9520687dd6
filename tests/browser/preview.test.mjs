// Drives `congkhai serve` in a real browser: a save is seen, a fault is shown over the last good page, the place is kept.
// Usage: CONGKHAI=../../target/release/congkhai node --test
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';

const ROOT = path.resolve(import.meta.dirname, '../..');
const CONGKHAI = path.resolve(process.env.CONGKHAI ?? path.join(ROOT, 'target/release/congkhai'));
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
if (!fs.existsSync(CONGKHAI)) throw new Error(`no congkhai at ${CONGKHAI}: run \`cargo build --release\` first, or set CONGKHAI`);
if (!fs.existsSync(CHROMIUM)) throw new Error(`no browser at ${CHROMIUM}: apt-get install chromium, or set CHROMIUM`);

let folder, content, themes, serve, url, browser, page;
const problems = [];
before(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'congkhai-'));
  content = path.join(folder, 'content');
  themes = path.join(folder, 'themes');
  fs.cpSync(path.join(ROOT, 'tests/sites/day-du'), content, { recursive: true });
  fs.cpSync(path.join(ROOT, 'themes'), themes, { recursive: true });
  serve = spawn(CONGKHAI, ['serve', '--date', '2026-11-23', '--content', content, '--themes', themes], { stdio: ['ignore', 'ignore', 'pipe'] });
  url = await new Promise((found, failed) => {
    let words = '';
    serve.stderr.on('data', (data) => {
      words += data;
      const at = /http:\/\/127\.0\.0\.1:\d+\//.exec(words);
      if (at) found(at[0]);
    });
    serve.on('exit', () => failed(new Error(`serve ended: ${words}`)));
  });
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
  page = await browser.newPage({ viewport: { width: 360, height: 640 } });
  page.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()); });
  page.on('pageerror', (error) => problems.push(String(error)));
});
after(async () => {
  await browser?.close();
  serve?.kill('SIGINT');
  fs.rmSync(folder, { recursive: true, force: true });
});

const record = (name) => path.join(content, name);
const change = (file, from, to) => {
  const text = fs.readFileSync(file, 'utf8');
  assert.ok(text.includes(from), `${from} in ${file}`);
  // As editors save: a new file in the place of the old one.
  fs.writeFileSync(`${file}~`, text.replace(from, to));
  fs.renameSync(`${file}~`, file);
};

test('a save is seen without a touch of the browser, at the same place', async () => {
  await page.goto(`${url}thu-tuc/1.000001/`);
  await page.waitForLoadState('networkidle', { timeout: 3000 }).catch(() => {});
  await page.evaluate(() => scrollTo(0, 400));
  const top = await page.evaluate(() => scrollY);
  assert.ok(top > 100);
  change(record('thu-tuc/1.000001.yaml'), 'ten: ', 'ten: Vừa đổi ');
  await page.waitForFunction(() => document.querySelector('h1')?.textContent.includes('Vừa đổi'), null, { timeout: 5000 });
  await page.waitForFunction((top) => Math.abs(scrollY - top) < 80, top, { timeout: 3000 });
});

test('a fault stands over the last good page and goes when it is mended', async () => {
  change(record('thu-tuc/1.000001.yaml'), 'ten: ', 'tenn: ');
  await page.waitForSelector('.ck-panel', { timeout: 5000 });
  const panel = await page.textContent('.ck-panel');
  assert.match(panel, /tenn/);
  assert.match(await page.textContent('h1'), /Vừa đổi/);
  assert.match(await page.getAttribute('.ck-panel li a', 'href'), /^vscode:\/\/file\/.*1\.000001\.yaml:\d+:\d+$/);
  await page.click('.ck-panel >> text=Xem tất cả');
  assert.match(await page.textContent('h1'), /lỗi cần sửa/);
  change(record('thu-tuc/1.000001.yaml'), 'tenn: ', 'ten: ');
  await page.waitForFunction(() => !document.body.textContent.includes('tenn'), null, { timeout: 5000 });
});

test('a page that can be read is shown at once, what the rules say of it follows', async () => {
  await page.goto(`${url}thu-tuc/1.000001/`);
  await page.waitForFunction(() => !document.querySelector('.ck-bar').textContent.includes('đang kiểm tra'), null, { timeout: 10000 });
  await page.waitForTimeout(300);
  await page.evaluate(() => { window.stays = true; });
  await page.click('.ck-about summary');
  assert.match(await page.textContent('.ck-about'), /Công bố theo:/);
  change(record('thu-tuc/1.000001.yaml'), 'linh_vuc: ', 'linh_vuc: khong-');
  await page.waitForSelector('.ck-panel', { timeout: 10000 });
  assert.match(await page.textContent('.ck-panel'), /chưa đăng được/);
  assert.equal(await page.evaluate(() => document.querySelector('.ck-about').open), true);
  change(record('thu-tuc/1.000001.yaml'), 'linh_vuc: khong-', 'linh_vuc: ');
  await page.waitForFunction(() => !document.querySelector('.ck-panel'), null, { timeout: 10000 });
  assert.equal(await page.evaluate(() => window.stays), true, 'put in place, not loaded again');
});

test('a draft has a page that says what it is', async () => {
  await page.goto(`${url}__cho-dang`);
  await page.click('main li a >> nth=0');
  assert.match(await page.textContent('.ck-mark'), /chưa lên trang|mới lên trang/);
  const box = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  assert.ok(box, 'fits a small phone');
});

test('many files at once: the page ends up as the last of them', async () => {
  await page.goto(`${url}thu-tuc/1.000001/`);
  await page.waitForTimeout(300);
  const file = record('thu-tuc/1.000001.yaml');
  const text = fs.readFileSync(file, 'utf8');
  for (let n = 0; n < 10000; n++) fs.writeFileSync(path.join(content, 'tep', `so-${n % 500}.txt`), String(n));
  for (let n = 0; n < 500; n++) fs.rmSync(path.join(content, 'tep', `so-${n}.txt`));
  for (let n = 0; n < 50; n++) {
    fs.writeFileSync(`${file}~`, text.replace('ten: ', `ten: Lần thứ ${n} `));
    fs.renameSync(`${file}~`, file);
  }
  await page.waitForFunction(() => /Lần thứ\s49/.test(document.querySelector('h1')?.textContent), null, { timeout: 20000 });
  fs.writeFileSync(file, text);
  await page.waitForFunction(() => !document.querySelector('h1').textContent.includes('Lần thứ'), null, { timeout: 10000 });
});

test('a content folder that goes and comes back, and a new folder', async () => {
  const aside = path.join(folder, 'aside');
  fs.renameSync(content, aside);
  await page.waitForSelector('.ck-panel', { timeout: 10000 });
  fs.renameSync(aside, content);
  await page.waitForFunction(() => !document.querySelector('.ck-panel'), null, { timeout: 10000 });
  change(record('thu-tuc/1.000001.yaml'), 'ten: ', 'ten: Trở lại ');
  await page.waitForFunction(() => document.querySelector('h1')?.textContent.includes('Trở lại'), null, { timeout: 10000 });
  fs.mkdirSync(record('phan-anh/2024'), { recursive: true });
  fs.writeFileSync(record('phan-anh/2024/moi.yaml'), 'ma: moi-2024\nngay_tiep_nhan: 2024-03-04\nkenh: khac\nloai: quy_dinh\ntieu_de: Vừa thêm\nnoi_dung: Nội dung.\ndon_vi: phong\n');
  let status = 0;
  for (let n = 0; n < 100 && status !== 200; n++) {
    status = (await fetch(`${url}phan-anh/moi-2024/`)).status;
    await page.waitForTimeout(50);
  }
  assert.equal(status, 200);
  fs.rmSync(record('phan-anh/2024'), { recursive: true });
  for (let n = 0; n < 100 && status !== 404; n++) {
    status = (await fetch(`${url}phan-anh/moi-2024/`)).status;
    await page.waitForTimeout(50);
  }
  assert.equal(status, 404);
});

test('a change of the style comes without loading the page again', async () => {
  await page.goto(`${url}lien-he/`);
  await page.waitForTimeout(300);
  await page.evaluate(() => { window.stays = true; });
  change(path.join(themes, 'mac-dinh/assets/style.css'), '/* components */', 'h1{letter-spacing:7px}\n/* components */');
  await page.waitForFunction(() => getComputedStyle(document.querySelector('h1')).letterSpacing === '7px', null, { timeout: 5000 });
  assert.equal(await page.evaluate(() => window.stays), true);
});

test('another day, and links that keep it', async () => {
  await page.goto(`${url}?ngay=2020-01-01`);
  assert.match(await page.textContent('.ck-bar'), /tính đến ngày 1\/1\/2020/);
  // What the rules say of the change before may still come and load the page once more: a function that waits lives through it,
  // a value fetched out of the page would not.
  await page.waitForFunction(() => {
    const links = [...document.querySelectorAll('main a[href^="http://127"], nav a')];
    return document.readyState === 'complete' && links.length > 0 && links.every((link) => link.href.includes('ngay=2020-01-01'));
  }, null, { timeout: 10000 });
});

test('nothing was refused by the policy and nothing failed', () => {
  assert.deepEqual(problems, []);
});
