// What a page of each kind costs an old phone on a slow network, on the shipped site and on sites of 2,000 and 10,000 procedures.
// Usage: SITE=../../public node --test weight.test.mjs      (CONGKHAI: the program, which builds the large sites)
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { SITE, heaviest, heaviests, launch, served } from './served.mjs';
import { large } from './large.mjs';

/** Elements of a page, from its text: our pages leave no tag out that the browser would add. */
const elements = html => html.match(/<[a-z][a-z0-9]*[\s>/]/gi).length;
const KB = 1024;
const BASE = '/mot/thu-muc/';
const LISTS = new Set(['procedures', 'laws', 'law-procedures', 'petition-list', 'field', 'decisions', 'postings', 'sitemap',
  // A code in each row, for paper.
  'field-sheet']);
const BOARDS = new Set(['results', 'results-period', 'plan', 'duties', 'online']);
/** What a kind may cost: bytes as they are sent (gzip), requests with the icon, elements. A page fits the first answer of a server to within a few packets. */
const budget = kind => ({
  html: (LISTS.has(kind) ? 30 : BOARDS.has(kind) ? 20 : 15) * KB,
  css: (/sheet|cover|notice/.test(kind) ? 8 : 6) * KB,
  js: (kind === 'search' ? 10 : 6) * KB,
  images: (kind === 'article' ? 150 : 10) * KB,
  // Page, style, script of the search box, emblem, icon; a list has its script, a sheet its style as well.
  requests: kind === 'article' ? 10 : 6,
  elements: 1500,
});

/** The pages with most bytes and with most elements of each kind: `[kind, file]`. */
const worst = site => {
  const [bytes, many] = heaviests(site, [html => html.length, elements]);
  return [...new Set([...bytes, ...many].map(pair => pair.join('|')))].map(pair => pair.split('|'));
};

/** What a page costs, from its text: itself, and what it loads before anybody does anything. */
function cost(site, file) {
  const html = fs.readFileSync(file, 'utf8');
  const links = [...html.matchAll(/<(?:link rel="(?:stylesheet|icon)"|script|img)[^>]*? (?:src|href)="([^"]+)"/g)].map(([, href]) => href);
  const folder = href => href.startsWith('/') ? path.join(site, href.replace(BASE, '')) : path.join(path.dirname(file), href);
  const loaded = new Set(links.map(folder));
  const sums = { html: gzipSync(html, { level: 9 }).length, css: 0, js: 0, images: 0, requests: 1 + loaded.size, elements: elements(html) };
  for (const part of loaded) {
    const bytes = fs.readFileSync(part), type = { '.css': 'css', '.js': 'js' }[path.extname(part)] ?? 'images';
    sums[type] += type === 'images' && !part.endsWith('.svg') ? bytes.length : gzipSync(bytes, { level: 9 }).length;
  }
  return { ...sums, loaded };
}

/** What is over its budget on a site. */
function over(site, t) {
  const seen = worst(site).map(([kind, file]) => ({ kind, name: path.relative(site, file), ...cost(site, file) }));
  seen.sort((a, b) => b.elements - a.elements).slice(0, 4).forEach(page => t.diagnostic(`${page.kind} ${page.name}: ${page.elements} elements, ${(page.html / KB).toFixed(1)} KB, ${page.requests} requests, ${((page.html + page.css + page.js + page.images) / KB).toFixed(1)} KB in all`));
  const faults = seen.flatMap(page => Object.entries(budget(page.kind)).filter(([what, most]) => page[what] > most).map(([what, most]) => `${page.kind} ${page.name}: ${what} ${page[what]}, at most ${most}`));
  return { faults, kinds: new Set(seen.map(page => page.kind)).size };
}

test('the shipped site: every kind of page is within its budget', t => {
  const { faults, kinds } = over(SITE, t);
  assert.ok(kinds > 35, `${kinds} kinds`);
  assert.deepEqual(faults, []);
});

test('what is counted in the text is what a browser has and asks for', async () => {
  const browser = await launch(), { origin, stop } = await served();
  try {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    const asked = new Set(), faults = [];
    page.on('request', request => asked.add(request.url()));
    for (const [kind, file] of heaviest(SITE)) {
      if (kind === 'search') continue; // It loads its index, which search.test.mjs weighs.
      asked.clear();
      await page.goto(origin + path.relative(SITE, file).split(path.sep).join('/'));
      const { loaded, ...counted } = cost(SITE, file), has = await page.evaluate(() => document.querySelectorAll('*').length);
      // The script of a list adds one list of its own.
      if (Math.abs(has - counted.elements) > 1) faults.push(`${kind}: ${has} elements, counted ${counted.elements}`);
      for (const url of asked) {
        const own = url.startsWith(origin) && path.join(SITE, decodeURIComponent(url.slice(origin.length).split('?')[0]));
        if (own !== file && !loaded.has(own)) faults.push(`${kind} asks ${url}`);
      }
    }
    assert.deepEqual(faults, []);
  } finally { await browser.close(); stop(); }
});

for (const count of [2000, 10000]) {
  test(`a site of ${count} procedures: every kind of page is within its budget`, t => {
    const { faults, kinds } = over(large(count).site, t);
    assert.ok(kinds > 25, `${kinds} kinds`);
    assert.deepEqual(faults, []);
  });
}

test('nothing moves under the reader when the scripts come late, on a phone and at a desk', async () => {
  const browser = await launch();
  const { origin, stop } = await served(SITE, { late: 300 });
  try {
    const asked = [...heaviest(SITE)].flatMap(([kind, file]) => [360, 1280].map(width => ({ kind, width, page: path.relative(SITE, path.dirname(file)) })));
    const moved = async ({ kind, width, page: folder }) => {
      // A page of its own context is in front, else the browser measures nothing.
      const context = await browser.newContext({ viewport: { width, height: 800 } });
      await context.addInitScript(() => {
        window.moved = 0;
        new PerformanceObserver(list => { for (const entry of list.getEntries()) window.moved += entry.value; }).observe({ type: 'layout-shift', buffered: true });
      });
      const page = await context.newPage();
      await page.goto(kind === 'not-found' ? `${origin}404.html` : `${origin}${folder}${folder && '/'}`);
      await page.evaluate(() => new Promise(done => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 100)));
      const by = await page.evaluate(() => window.moved);
      await context.close();
      return { kind, width, by };
    };
    const seen = [];
    while (asked.length) seen.push(...await Promise.all(asked.splice(0, 6).map(moved)));
    assert.ok(seen.length > 60, `${seen.length}`);
    assert.deepEqual(seen.filter(({ by }) => by > 0.01), []);
    // The measure measures: something put above the text is seen.
    const control = await browser.newPage();
    await control.goto(`${origin}quyet-dinh/`, { waitUntil: 'commit' });
    const shift = await control.evaluate(() => new Promise(done => {
      new PerformanceObserver(list => done(list.getEntries()[0].value)).observe({ type: 'layout-shift', buffered: true });
      const push = () => { document.body.prepend(Object.assign(document.createElement('p'), { textContent: 'x', style: 'height:200px' })); };
      requestAnimationFrame(() => setTimeout(push, 300));
    }));
    assert.ok(shift > 0.05, `${shift}`);
  } finally { await browser.close(); stop(); }
});
