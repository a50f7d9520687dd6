// Opens the built site in a real browser: from a folder (double click) and below a sub-path.
// Usage: SITE=../../public node --test      (SITE: a folder that `congkhai build` wrote)
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, test } from 'node:test';
import { HtmlValidate } from 'html-validate';
import { SITE, heaviest, kindOf, launch, served, walk } from './served.mjs';

const files = walk(SITE);
const pages = files.filter(f => f.endsWith('.html'));
// The heaviest page of each kind stands for its kind.
const byKind = heaviest(SITE);

let browser, origin, stop;
before(async () => {
  browser = await launch();
  ({ origin, stop } = await served());
});
after(async () => { await browser?.close(); stop?.(); });

const urlOf = f => origin + path.relative(SITE, f).split(path.sep).join('/');

test('there is a page of every kind', () => {
  const kinds = [...byKind.keys()].sort();
  for (const kind of ['home', 'procedures', 'procedure', 'fields', 'field', 'decisions', 'decision', 'laws', 'law-procedures', 'articles', 'section', 'article', 'petitions', 'petition', 'petition-list', 'petition-notice', 'postings', 'procedure-sheet', 'field-sheet', 'field-cover', 'results', 'results-period', 'simplifications', 'inspections', 'initiatives', 'initiative', 'online', 'essential', 'residence', 'plans', 'plan', 'duties', 'contact', 'accessibility', 'sitemap', 'search', 'not-found'])
    assert.ok(kinds.includes(kind), `no page of kind ${kind}: ${kinds}`);
});

test('every link of every page leads to a file and a place in it', () => {
  const ids = new Map();
  const idsOf = f => { if (!ids.has(f)) ids.set(f, new Set([...fs.readFileSync(f, 'utf8').matchAll(/\sid="([^"]+)"/g)].map(m => m[1]))); return ids.get(f); };
  const broken = [];
  let links = 0;
  for (const page of pages) {
    if (kindOf(fs.readFileSync(page, 'utf8')) === 'not-found') continue; // its links are absolute: it answers at any depth
    for (const [, raw] of fs.readFileSync(page, 'utf8').matchAll(/\s(?:href|src)="([^"]*)"/g)) {
      const ref = raw.replaceAll('&amp;', '&');
      if (/^(https?:|mailto:|tel:)/.test(ref)) continue;
      links += 1;
      const [target, fragment] = ref.split('#');
      const file = target ? path.resolve(path.dirname(page), decodeURIComponent(target)) : page;
      if (ref.startsWith('/') || !file.startsWith(SITE) || !fs.existsSync(file) || fs.statSync(file).isDirectory()) broken.push(`${page}: ${ref}`);
      else if (fragment && !idsOf(file).has(decodeURIComponent(fragment))) broken.push(`${page}: ${ref} (no such place)`);
    }
  }
  assert.ok(links > 1000, `only ${links} links seen`);
  assert.deepEqual(broken, []);
});

test('no page has an inline script, an inline style, a handler or anything from elsewhere', () => {
  const faults = [];
  for (const page of pages) {
    const html = fs.readFileSync(page, 'utf8');
    if (/<script(?! type="application\/ld\+json"| src="[^":]*giao-dien\/[a-z-]+-[0-9a-f]{8}\.js" defer>)/i.test(html)) faults.push(`${page}: script`);
    if (/<[^>]+\son[a-z]+\s*=/i.test(html)) faults.push(`${page}: handler`);
    if (/<[^>]+\sstyle\s*=/i.test(html) || /<style/i.test(html)) faults.push(`${page}: style`);
    if (!/<meta http-equiv="Content-Security-Policy" content="default-src 'none';script-src 'self';style-src 'self';img-src 'self';form-action 'self';base-uri 'none'">/.test(html)) faults.push(`${page}: no policy`);
    if (/<(?:img|link|iframe|source|video|audio|script|object|embed)[^>]+(?:src|href|data)="(?:https?:)?\/\//i.test(html.replace(/<link rel="(?:canonical|alternate)"[^>]*>/g, ''))) faults.push(`${page}: from elsewhere`);
  }
  assert.deepEqual(faults, []);
});

test('titles are unique, pages have one h1 and a description', () => {
  const seen = new Map(), faults = [];
  for (const page of pages) {
    const html = fs.readFileSync(page, 'utf8');
    const title = /<title>([^<]+)<\/title>/.exec(html)?.[1];
    if (!title || seen.has(title)) faults.push(`${page}: title "${title}" also of ${seen.get(title)}`);
    seen.set(title, page);
    if ((html.match(/<h1[ >]/g) ?? []).length !== 1) faults.push(`${page}: h1`);
    if (!/<meta name="description" content="[^"]+">/.test(html)) faults.push(`${page}: description`);
    if (html !== html.normalize('NFC')) faults.push(`${page}: not NFC`);
  }
  assert.deepEqual(faults, []);
});

test('the HTML is valid', async () => {
  const validator = new HtmlValidate({ extends: ['html-validate:recommended'], rules: {
    'long-title': 'off', 'no-trailing-whitespace': 'off', 'no-inline-style': 'error', 'require-sri': 'off',
    'tel-non-breaking': 'off', 'doctype-style': 'off', 'void-style': 'off', 'attr-quotes': 'off', 'no-raw-characters': 'off',
    'prefer-native-element': ['error', { exclude: ['region'] }], 'text-content': 'error', 'valid-id': ['error', { relaxed: true }] } });
  const faults = [];
  for (const [, page] of byKind) {
    const report = await validator.validateFile(page);
    for (const result of report.results) for (const m of result.messages) faults.push(`${path.relative(SITE, page)}:${m.line}:${m.column} ${m.ruleId} ${m.message}`);
  }
  assert.deepEqual(faults, []);
});

test('opened by double click, every page kind shows its style and stays silent', async () => {
  const page = await browser.newPage({ javaScriptEnabled: true });
  const faults = [];
  page.on('console', m => { if (['error', 'warning'].includes(m.type())) faults.push(m.text()); });
  // Moving on to the next page breaks off the load of an icon; that is no fault if the icon is there.
  // The icon is the emblem where the two are alike; only a load that was broken off is passed over.
  page.on('requestfailed', r => {
    const why = r.failure()?.errorText, icon = /\/(favicon|emblem)-[0-9a-f]{8}\.svg$/.test(r.url());
    if (!icon || why !== 'net::ERR_ABORTED' || !fs.existsSync(new URL(r.url()))) faults.push(`${r.url()} failed: ${why}`);
  });
  for (const [kind, file] of byKind) {
    if (kind === 'not-found') continue;
    await page.goto(pathToFileURL(file).href);
    const styled = await page.evaluate(() => getComputedStyle(document.querySelector('header')).backgroundColor);
    if (styled === 'rgba(0, 0, 0, 0)') faults.push(`${kind}: no style`);
  }
  // From the home page to a procedure by clicking, as a person would.
  await page.goto(pathToFileURL(path.join(SITE, 'index.html')).href);
  await page.click('nav a:has-text("Thủ tục")');
  await page.click('main a[href*="1.014888"]');
  assert.match(await page.textContent('main'), /1\.014888/);
  await page.close();
  assert.deepEqual(faults, []);
});

test('the first screen of a phone answers the five questions', async () => {
  const page = await browser.newPage({ viewport: { width: 360, height: 800 } });
  await page.goto(urlOf(path.join(SITE, 'thu-tuc/1.014888/index.html')));
  const seen = await page.evaluate(() => {
    const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    let text = '';
    while (walker.nextNode()) {
      const range = document.createRange(); range.selectNodeContents(walker.currentNode);
      if (range.getBoundingClientRect().top < 1600) text += ` ${walker.currentNode.nodeValue}`;
    }
    return text.replace(/\s+/g, ' ');
  });
  for (const word of ['7 ngày làm việc', 'Không thu', 'doanh nghiệp', 'Trực tuyến']) assert.ok(seen.includes(word), `${word}: ${seen.slice(0, 1500)}`);
  await page.close();
});

test('on paper the menu is gone and the text is whole', async () => {
  const page = await browser.newPage();
  await page.goto(urlOf(path.join(SITE, 'thu-tuc/1.014888/index.html')));
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  assert.equal(await page.isVisible('nav.menu'), false);
  const colours = await page.evaluate(() => { const s = getComputedStyle(document.body); return [s.color, s.backgroundColor]; });
  assert.deepEqual(colours, ['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  assert.ok(pdf.length > 5_000);
  await page.close();
});

test('what is folded on the screen is on paper when the reader opens it or asks for all; else the paper says where it is', async () => {
  const page = await browser.newPage();
  await page.goto(urlOf(path.join(SITE, 'nghia-vu/index.html')));
  const folded = () => page.evaluate(() => [...document.querySelectorAll('details:not([open]) li')].map(li => li.checkVisibility()));
  const onScreen = await folded();
  assert.ok(onScreen.length > 50 && onScreen.every(shown => !shown), 'exceptions are folded');
  const printed = async work => {
    await page.emulateMedia({ media: 'print' });
    const answer = await work();
    await page.emulateMedia({ media: 'screen' });
    return answer;
  };
  const where = () => page.locator('main .onlyprint').isVisible();
  assert.ok((await printed(folded)).every(shown => !shown), 'nobody asked for them');
  assert.ok(await printed(where));
  await page.locator('details:not([open]) summary').first().click();
  const opened = await printed(() => page.evaluate(() => [...document.querySelectorAll('details[open] li')].every(li => li.checkVisibility())));
  assert.ok(opened, 'what was opened is on paper');
  await page.check('input.whole');
  assert.ok((await printed(folded)).every(Boolean), 'all is on paper when asked for');
  assert.equal(await printed(where), false);
  await page.close();
});

test('a list of any kind is printed on at most four sides', async () => {
  const page = await browser.newPage();
  const faults = [];
  for (const [kind, file] of byKind) {
    if (['field-sheet', 'procedure-sheet', 'not-found'].includes(kind)) continue;
    await page.goto(urlOf(file));
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const sides = (pdf.match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;
    if (sides > 4) faults.push(`${kind}: ${sides} sides`);
  }
  await page.close();
  assert.deepEqual(faults, []);
});

test('what is printed to be posted is one side of A4', async () => {
  const page = await browser.newPage();
  const faults = [];
  for (const kind of ['petition-notice']) {
    await page.goto(urlOf(byKind.get(kind)));
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const sides = (pdf.match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;
    if (sides !== 1) faults.push(`${kind}: ${sides} sides`);
  }
  await page.close();
  assert.deepEqual(faults, []);
});
