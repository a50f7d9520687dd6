// The search: what it finds, what it costs, and that it works wherever the site is opened.
// Usage: SITE=../../public node --test      (SITE: a folder that `congkhai build` wrote of the shipped content)
// The sites of 2,000 and 10,000 made-up procedures are built by the program at CONGKHAI.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { open } from './index-of.mjs';
import { QUERIES } from './queries.mjs';
import { build, large } from './large.mjs';
import { SITE, launch, served } from './served.mjs';

const require = createRequire(import.meta.url);
const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
if (!fs.existsSync(path.join(SITE, 'tim-kiem/index.html'))) throw new Error(`no site at ${SITE}: run \`cargo run --release -- build\` first`);

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'tim-kiem-'));
after(() => fs.rmSync(scratch, { recursive: true, force: true }));
const bare = text => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D');
const median = list => [...list].sort((a, b) => a - b)[list.length >> 1];

// ---- What is found ------------------------------------------------------------------------------

test(`${QUERIES.length} queries lead to the page that is meant`, async () => {
  assert.ok(QUERIES.length >= 60);
  const { results } = open(SITE), faults = [];
  for (const [query, wanted, most] of QUERIES) {
    const { rows, total } = await results(query);
    const at = rows.findIndex(row => row.code === wanted || row.href.includes(wanted)) + 1;
    if (!at || at > most) faults.push(`${query}: ${wanted} is at ${at || 'no place'} of ${total}, should be at ${most}; first is ${rows[0]?.title}`);
  }
  assert.deepEqual(faults, []);
});

/** Every document of the shipped site, as results show it. */
const everything = async engine => {
  const index = fs.readFileSync(path.join(SITE, 'tim-kiem/chi-muc/goc.js'), 'utf8');
  const count = JSON.parse(/"g":(\[\[.*?\]\]),"n"/.exec(index)[1]).reduce((sum, group) => sum + group[1], 0);
  await engine.search('khởi động');
  return engine.rows([...Array(count).keys()]);
};

test('every page is found by each word of its title, with and without accents', async () => {
  const engine = open(SITE), faults = new Set();
  const all = await everything(engine);
  assert.ok(all.length > 200, `${all.length} documents`);
  const finds = new Map();
  for (const row of all) for (const word of row.title.split(/[^\p{L}\p{N}]+/u).filter(Boolean)) {
    for (const query of [word, bare(word)]) {
      if (!finds.has(query)) finds.set(query, new Set((await engine.results(query + ' ')).rows.map(row => row.href)));
      if (!finds.get(query).has(row.href)) faults.add(`${query}: not ${row.title}`);
    }
  }
  assert.deepEqual([...faults], []);
});

test('a procedure is found by its whole name, and by its name with a slip', async () => {
  const engine = open(SITE);
  const all = (await everything(engine)).filter(row => row.code.includes('.'));
  assert.ok(all.length > 100);
  const first = { whole: 0, bare: 0, word: 0, letter: 0, swapped: 0 }, fifth = { ...first };
  for (const [i, row] of all.entries()) {
    const words = row.title.split(' ');
    const long = words.findIndex((word, k) => k > 0 && /^\p{L}{5,}$/u.test(word));
    const slip = change => words.map((word, k) => k === long ? change(word) : word).slice(0, 12).join(' ');
    const queries = {
      whole: row.title, bare: bare(row.title), word: words.filter((_, k) => k !== 1 + i % (words.length - 1)).join(' '),
      letter: slip(word => word.slice(0, 2) + word.slice(3)), swapped: slip(word => word[0] + word[2] + word[1] + word.slice(3)),
    };
    for (const kind in queries) {
      // Names that begin alike for twelve words are told apart by nothing in the query.
      const alike = other => bare(other.title).split(' ').slice(0, 12).join(' ') === bare(row.title).split(' ').slice(0, 12).join(' ');
      const { rows } = await engine.results(queries[kind], 6);
      const same = other => other.href === row.href || (['letter', 'swapped'].includes(kind) && alike(other));
      first[kind] += same(rows[0] ?? {}) ? 1 : 0;
      fifth[kind] += rows.slice(0, 5).some(same) ? 1 : 0;
    }
  }
  const share = (counts, kind) => counts[kind] / all.length;
  for (const kind of ['whole', 'bare']) assert.equal(share(first, kind), 1, `${kind}: ${first[kind]} of ${all.length} first`);
  for (const kind of ['word', 'letter', 'swapped']) {
    assert.ok(share(first, kind) > .9, `${kind}: ${first[kind]} of ${all.length} first`);
    assert.ok(share(fifth, kind) > .97, `${kind}: ${fifth[kind]} of ${all.length} among five`);
  }
});

test('a query of nothing, of signs, of strange letters or of great length does no harm', async () => {
  const { results } = open(SITE);
  for (const query of ['', ' ', '…', '#', '# #12', '\\', '"\'<>&', '\u{1F600}', '漢字', 'ـــ', '\u0301', '.', '1.', '1.0', '9.999999', '999999999999', 'x'.repeat(5000), 'a '.repeat(2000), 'constructor', '__proto__', 'toString'])
    assert.ok(Number.isInteger((await results(query, 5)).total), JSON.stringify(query));
});

test('what is no longer in use stands last and says so', async () => {
  const content = path.join(scratch, 'ended');
  const put = (file, text) => { fs.mkdirSync(path.dirname(path.join(content, file)), { recursive: true }); fs.writeFileSync(path.join(content, file), text); };
  put('trang.yaml', 'ten: Sở A\ndia_chi_trang: https://thu.gov.vn/\n');
  put('danh-muc/linh-vuc.yaml', '- {ma: a, ten: Lĩnh vực một}\n');
  for (const [code, name] of [['1.000001', 'Cấp giấy phép'], ['1.000002', 'Cấp giấy phép nổ mìn'], ['1.000003', 'Nổ mìn và cấp các loại giấy phép']]) put(`thu-tuc/${code}.yaml`, `ma: "${code}"\nten: ${name}\nlinh_vuc: a\n`);
  put('quyet-dinh/1.yaml', 'so: 1/QĐ-UBND\nngay_ky: 2026-01-01\nco_quan: Ủy ban\ntrich_yeu: Bãi bỏ\nmuc: [{thu_tuc: "1.000002", loai: bai_bo}]\n');
  const { results } = open(build(content, path.join(scratch, 'ended-site')));
  const { rows } = await results('cấp giấy phép nổ mìn');
  assert.deepEqual(rows.map(row => [row.code, row.tag]), [['1.000003', undefined], ['1.000002', 'Đã bãi bỏ']]);
});

// ---- What it costs ------------------------------------------------------------------------------

/** The size of a file as it is sent; one file is packed once, however many queries ask for it. */
const zipped = file => {
  if (!sizes.has(file)) sizes.set(file, gzipSync(file, { level: 9 }).length);
  return sizes.get(file);
};
const sizes = new WeakMap();

for (const [count, most] of [[2_000, 60], [10_000, 120]]) {
  test(`${count} procedures: a first query loads at most ${most} KB and a key stroke takes no time to see`, { timeout: 600_000 }, async t => {
    const { site, all } = large(count);
    const queries = ['thủ tục', 'cấp giấy phép', 'thu tuc sang che', 'quyết định 150', 'zzzzqq yyyxx', 'shtt', 'giay chung nhan dang ky hoat dong'];
    for (let i = 0; i < 20; i++) {
      const { code, name } = all[(i * 97) % count], words = name.replace(/[^\p{L}\p{N} ]/gu, '').split(/ +/);
      const slipped = words.slice(0, 5).map(word => word.length > 4 ? word.slice(0, 2) + word.slice(3) : word);
      queries.push(words.slice(0, 4).join(' '), words.slice(2, 5).join(' '), bare(words.slice(1, 7).join(' ')), slipped.join(' '), code, code.slice(2), name);
    }
    const kilobytes = [], short = [];
    for (const query of queries) {
      // A reader who has nothing yet, and is shown the first results: page, style and script count, too.
      const engine = open(site);
      const { groups, long } = await engine.search(query);
      for (const [i, { documents }] of groups.entries()) await engine.rows(documents.slice(0, i ? 3 : long ? 5 : 10));
      const size = [...engine.loaded.values()].reduce((sum, file) => sum + zipped(file), 0) / 1024;
      kilobytes.push(size);
      if (!long) short.push(size);
    }
    const worst = Math.max(...kilobytes), at = queries[kilobytes.indexOf(worst)];
    t.diagnostic(`KB of a first query: median ${median(kilobytes).toFixed(1)}, worst ${worst.toFixed(1)} (${at}); of at most eight words: worst ${Math.max(...short).toFixed(1)}`);
    assert.ok(worst <= most, `${worst.toFixed(1)} KB for ${at}`);

    const engine = open(site), times = [], first = [];
    for (const query of queries.slice(0, 21)) for (let i = 1; i <= query.length; i++) {
      const typed = query.slice(0, i);
      await engine.search(typed);
      const from = performance.now();
      const { groups } = await engine.search(typed);
      await engine.rows(groups[0]?.documents.slice(0, 10) ?? []);
      times.push(performance.now() - from);
    }
    times.sort((a, b) => a - b);
    t.diagnostic(`ms a key stroke, files there: median ${median(times).toFixed(2)}, 95 of 100 under ${times[Math.floor(times.length * .95)].toFixed(1)}, of ${times.length}`);
    assert.ok(median(times) < (count > 2000 ? 50 : 16), `${median(times)} ms`);
    // A code leads to its page at any size.
    for (const { code } of all.slice(0, 50)) assert.equal((await engine.results(code, 1)).rows[0].code, code);
  });
}

test('files of two builds never meet', async () => {
  const { site } = large(2000), word = 'giay phep';
  const good = await open(site).results(word, 5);
  // The browser has kept an older root; everything else comes new.
  const engine = open(site, (name, text) => name === 'goc.js' ? text.replace(/congkhaiIndex\("[0-9a-f]{8}"/, 'congkhaiIndex("00000000"') : text);
  const { rows } = await engine.results(word, 5);
  assert.deepEqual(rows.map(row => row.href), good.rows.map(row => row.href));
  assert.ok([...engine.loaded.keys()].some(name => /^goc\.js\?v=[0-9a-f]{8}$/.test(name)), `${[...engine.loaded.keys()]}`);
});

test('the script is light', () => {
  const scripts = fs.readdirSync(path.join(SITE, 'giao-dien')).filter(name => name.endsWith('.js'));
  const size = pattern => gzipSync(fs.readFileSync(path.join(SITE, 'giao-dien', scripts.find(name => pattern.test(name)))), { level: 9 }).length;
  assert.deepEqual(scripts.map(name => name.replace(/-[0-9a-f]{8}\.js$/, '')).sort(), ['list', 'search', 'search-box']);
  assert.ok(size(/^search-box-/) < 400, `${size(/^search-box-/)} bytes on every page`);
  assert.ok(size(/^search-[0-9a-f]{8}\.js$/) < 6 * 1024, `${size(/^search-[0-9a-f]{8}\.js$/)} bytes`);
});

// ---- In a browser -------------------------------------------------------------------------------

let browser, origin, stop;
before(async () => {
  browser = await launch();
  ({ origin, stop } = await served());
});
after(async () => { await browser?.close(); stop?.(); });

/** A page that gathers what goes wrong on it: refusals of the policy come as errors of the console. */
const newPage = async (options = {}) => {
  const context = await browser.newContext(options);
  const page = await context.newPage(), faults = [];
  page.on('console', m => { if (['error', 'warning'].includes(m.type()) && !/favicon/.test(m.text() + m.location().url)) faults.push(`${page.url()}: ${m.text()}`); });
  page.on('pageerror', error => faults.push(`${page.url()}: ${error}`));
  return { page, faults, close: () => context.close() };
};
const said = (page, words) => page.waitForFunction(words => document.querySelector('[role=status]')?.textContent.includes(words), words);
const folder = file => pathToFileURL(path.join(SITE, file)).href;

for (const [where, address] of [['below a sub-path', file => origin + file], ['from a folder opened by double click', folder]]) {
  test(`${where}: the box of any page leads to the results`, async () => {
    const { page, faults, close } = await newPage({ viewport: { width: 360, height: 800 } });
    for (const from of ['index.html', 'thu-tuc/1.014888/index.html', 'linh-vuc/buu-chinh/index.html']) {
      await page.goto(address(from));
      assert.equal(await page.locator('script[src*="/search-"]:not([src*="search-box"])').count(), 0, 'the search is not loaded before anyone turns to it');
      await page.fill('form[role=search] input', 'thu tuc sang che');
      await said(page, 'Tìm thấy');
      assert.match(await page.textContent('.found li'), /sáng chế/);
      await page.press('form[role=search] input', 'Enter');
      await page.waitForURL(/tim-kiem\/index\.html\?q=thu/);
      await said(page, 'Tìm thấy');
      const first = page.locator('#tim-thay section').first();
      assert.match(await first.locator('h2').textContent(), /^Thủ tục: \d+$/);
      assert.match(await first.locator('li').first().textContent(), /1\.01397[34] · Sở hữu trí tuệ · 30\s+ngày · cấp tỉnh/);
      assert.equal(await first.locator('li').first().locator('mark').count(), 2);
      await first.locator('a').first().click();
      await page.waitForURL(/thu-tuc\/1\.01397[34]\//);
      assert.match(await page.textContent('h1'), /sáng chế/);
    }
    await close();
    assert.deepEqual(faults, []);
  });
}

test('results come while one types, and the address keeps the query', async () => {
  const { page, faults, close } = await newPage();
  await page.goto(origin + 'tim-kiem/');
  assert.equal(await page.inputValue('#o-tim'), '');
  await page.locator('#o-tim').pressSequentially('thanh ly nguon', { delay: 30 });
  // Results of the words so far come in between: those of the whole query are waited for, not whatever stands there first.
  await page.waitForURL(/\?q=thanh%20ly%20nguon$/);
  await page.waitForFunction(() => document.querySelector('#tim-thay li')?.textContent.includes('1.014660'));
  await page.fill('#o-tim', 'cấp giấy phép');
  await page.waitForFunction(() => /Thủ tục: 2\d/.test(document.querySelector('#tim-thay h2')?.textContent));
  // More of a group, with the focus on the first new one.
  const list = page.locator('#tim-thay section').first();
  assert.equal(await list.locator('li').count(), 10);
  await list.locator('button').click();
  await page.waitForFunction(() => document.querySelectorAll('#tim-thay section:first-child li').length > 20);
  assert.equal(await page.evaluate(() => [...document.querySelectorAll('#tim-thay section:first-child a')].indexOf(document.activeElement)), 10);
  await page.goto(origin + 'tim-kiem/index.html?q=' + encodeURIComponent('sáng chế'));
  await said(page, 'Tìm thấy');
  assert.equal(await page.inputValue('#o-tim'), 'sáng chế');
  await page.fill('#o-tim', 'zzzz qqqq');
  await said(page, 'Không tìm thấy');
  await page.fill('#o-tim', '');
  await page.waitForFunction(() => !document.querySelector('#tim-thay').firstChild && !document.querySelector('[role=status]').textContent);
  await close();
  assert.deepEqual(faults, []);
});

test('with the keyboard alone', async () => {
  const { page, faults, close } = await newPage();
  await page.goto(origin + 'index.html');
  for (let i = 0; i < 6 && await page.evaluate(() => document.activeElement.id !== 'o-tim'); i++) await page.keyboard.press('Tab');
  await page.keyboard.type('sang che');
  await said(page, 'Tìm thấy');
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.evaluate(() => document.activeElement.closest('.found') !== null), true);
  await page.keyboard.press('ArrowUp');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'o-tim');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  assert.equal(await page.isVisible('.found'), false);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'o-tim');
  // Leaving the box closes it; turning back opens it again.
  await page.keyboard.press('Shift+Tab');
  assert.equal(await page.isVisible('.found'), false);
  await page.keyboard.press('Tab');
  assert.equal(await page.isVisible('.found'), true);
  await page.keyboard.press('Enter');
  await page.waitForURL(/tim-kiem\//);
  await close();
  assert.deepEqual(faults, []);
});

test('without scripts no dead box stands there, and the lists lead everywhere', async () => {
  const { page, faults, close } = await newPage({ javaScriptEnabled: false, viewport: { width: 320, height: 800 } });
  await page.goto(folder('thu-tuc/1.014888/index.html'));
  assert.equal(await page.isVisible('form[role=search]'), false);
  await page.click('text=Tìm trong các danh sách');
  assert.match(page.url(), /tim-kiem\/index\.html$/);
  assert.equal(await page.isVisible('form[role=search]'), false);
  assert.match(await page.textContent('main'), /không chạy JavaScript nên ô tìm kiếm không dùng được/);
  for (const list of ['thu-tuc', 'linh-vuc', 'quyet-dinh', 'phan-anh', 'bai-viet', 'van-ban', 'so-do']) assert.ok(await page.locator(`main a[href="../${list}/index.html"]`).count() > 0, list);
  await page.locator('main').getByRole('link', { name: 'Đ', exact: true }).click();
  assert.match(page.url(), /thu-tuc\/index\.html#chu-dd$/);
  await close();
  assert.deepEqual(faults, []);
});

for (const scheme of ['light', 'dark']) test(`${scheme}: results and the open box fit 320 px and axe finds nothing`, async () => {
  const faults = [];
  for (const width of [320, 1280]) {
    const opened = await newPage({ viewport: { width, height: 800 }, colorScheme: scheme });
    const { page } = opened;
    const look = async what => {
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 0) faults.push(`${what}, ${width} px: ${over} px too wide`);
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] }));
      for (const v of violations) faults.push(`${what}, ${width} px: ${v.id} ${v.nodes[0].html.slice(0, 120)}`);
    };
    await page.goto(origin + 'tim-kiem/index.html?q=' + encodeURIComponent('an toàn bức xạ'));
    await said(page, 'Tìm thấy');
    await look('results');
    await page.goto(origin + 'thu-tuc/1.014888/index.html');
    await page.fill('#o-tim', 'giấy phép');
    await said(page, 'Tìm thấy');
    await look('box');
    faults.push(...opened.faults);
    await opened.close();
  }
  assert.deepEqual(faults, []);
});

test('what a record says stays text', async () => {
  const content = path.join(scratch, 'hostile');
  const put = (file, text) => { fs.mkdirSync(path.dirname(path.join(content, file)), { recursive: true }); fs.writeFileSync(path.join(content, file), text); };
  const name = 'Cấp <script>alert(1)</script><img src=x onerror=alert(2)> phép </script> \\u003c "];alert(3)//';
  put('trang.yaml', 'ten: Sở A\ndia_chi_trang: https://thu.gov.vn/\n');
  put('danh-muc/linh-vuc.yaml', `- {ma: a, ten: 'Lĩnh vực <b>một</b>'}\n`);
  put('thu-tuc/1.yaml', `ma: '1.000001'\nten: '${name}'\nlinh_vuc: a\n`);
  const site = build(content, path.join(scratch, 'hostile-site'));
  assert.ok(!fs.readFileSync(path.join(site, 'tim-kiem/chi-muc/goc.js'), 'utf8').includes('<'), 'no markup in the index');
  const { page, faults, close } = await newPage();
  page.on('dialog', () => faults.push('a record ran'));
  for (const query of ['cấp phép', '<script>alert(4)</script>', '"><img src=x onerror=alert(5)>']) {
    await page.goto(`${pathToFileURL(path.join(site, 'tim-kiem/index.html'))}?q=${encodeURIComponent(query)}`);
    await page.waitForFunction(() => document.querySelector('[role=status]').textContent);
    assert.equal(await page.locator('#tim-thay script, #tim-thay img, #tim-thay b').count(), 0);
    assert.equal(await page.inputValue('#o-tim'), query);
  }
  await page.fill('#o-tim', 'cấp phép');
  await said(page, 'Tìm thấy');
  assert.equal(await page.textContent('#tim-thay a'), name);
  assert.match(await page.textContent('#tim-thay p'), /Lĩnh vực <b>một<\/b>/);
  await close();
  assert.deepEqual(faults, []);
});
