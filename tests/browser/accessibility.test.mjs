// For everyone: one page of every kind, the heaviest, in every way that it may be shown and walked through.
// Usage: SITE=../../public node --test accessibility.test.mjs
// What these tests try is what the page /tro-nang/ says was tried; change both together.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { SITE, heaviest, launch, served } from './served.mjs';

const require = createRequire(import.meta.url);
const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
const kinds = heaviest(SITE);

let browser, origin, stop;
before(async () => {
  browser = await launch();
  ({ origin, stop } = await served());
});
after(async () => { await browser?.close(); stop?.(); });

/** Opens the page of every kind, and gathers what `look` finds wrong. Two windows share the kinds, as a small machine has two cores. */
async function everyKind(options, look) {
  const left = [...kinds], faults = [];
  const worker = async () => {
    const context = await browser.newContext({ locale: 'vi-VN', ...options });
    const page = await context.newPage();
    let kind;
    page.on('console', message => { if (message.type() === 'error' && !/favicon/.test(message.text())) faults.push(`${kind}: ${message.text()}`); });
    try {
      while (left.length) {
        let file;
        [kind, file] = left.shift();
        await page.goto(origin + path.relative(SITE, file).split(path.sep).join('/'));
        for (const fault of await look(page, kind)) faults.push(`${kind}: ${fault}`);
      }
    } finally { await context.close(); }
  };
  await Promise.all([worker(), worker()]);
  assert.deepEqual(faults.sort(), []);
}

const unfold = page => page.evaluate(() => document.querySelectorAll('details').forEach(details => { details.open = true; }));
/** What axe finds, by all of its rules or by those alone that look at colours. */
const axe = async (page, colours = false) => {
  const violations = await page.evaluate(async ([tags, colours]) => {
    const rules = axe.getRules(tags).filter(rule => !colours || rule.tags.includes('cat.color')).map(rule => rule.ruleId);
    const { violations } = await axe.run(document, { runOnly: { type: 'rule', values: rules }, resultTypes: ['violations'] });
    return violations;
  }, [TAGS, colours]);
  return violations.map(found => `${found.id} ${found.nodes[0].html.slice(0, 120)}`);
};
/** Where everything stands, and whether it is shown. */
const boxes = page => page.evaluate(() => [...document.querySelectorAll('*')].map(element => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return [x, y, width, height, element.checkVisibility()].join(' ');
}).join('\n'));
const told = (mode, found) => found.map(fault => `${mode}: ${fault}`);
/** How far the page runs off to the side, and text that is cut off. */
const overrun = page => page.evaluate(() => {
  const root = document.documentElement, out = [];
  const over = root.scrollWidth - root.clientWidth;
  if (over > 0) out.push(`${over} px too wide`);
  for (const element of document.body.querySelectorAll('*')) {
    const style = getComputedStyle(element);
    if (style.overflow !== 'hidden' || style.clipPath !== 'none' || element.clientWidth < 5 || !element.textContent.trim()) continue;
    if (element.scrollWidth > element.clientWidth + 2 || element.scrollHeight > element.clientHeight + 2) out.push(`cut off: ${element.outerHTML.slice(0, 80)}`);
  }
  // What is scrolled by itself is reached by keyboard and has a name.
  for (const element of document.body.querySelectorAll('*')) {
    if (!/auto|scroll/.test(getComputedStyle(element).overflowX) || element.scrollWidth <= element.clientWidth + 1) continue;
    if (element.tabIndex < 0 || !(element.getAttribute('aria-label') ?? element.getAttribute('aria-labelledby'))) out.push(`scrolled, but not by keyboard: ${element.outerHTML.slice(0, 80)}`);
  }
  return out;
});

// The dark theme changes colours and nothing else, which is looked at; so there only the rules about colours can say more.
test('at 320, 768 and 1280 px, light and dark: nothing runs off the screen and axe finds nothing, folded parts included', () => {
  let tried = 0;
  return everyKind({}, async page => {
    await unfold(page);
    await page.evaluate(AXE);
    const out = [];
    for (const width of [320, 768, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme: 'light' });
      const light = await boxes(page);
      const found = [...await overrun(page), ...await axe(page)];
      await page.emulateMedia({ colorScheme: 'dark' });
      if (await boxes(page) !== light) found.push('the dark theme moves something');
      if (!await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)) found.push('the dark theme is not on');
      out.push(...told(`${width} px`, found), ...told(`dark, ${width} px`, await axe(page, true)));
      tried += 1;
    }
    return out;
  }).then(() => assert.equal(tried, 3 * kinds.size));
});

// WCAG 1.4.12; the sheet is a constructed one, since the pages' policy lets no other in.
const SPACING = '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}';
const TWICE = 'html{font-size:200%!important}';
const styled = (page, css) => page.evaluate(css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets.push(sheet); }, css);

test('400 % zoom, which leaves 320 by 256 of a window of 1280 by 1024, and wide text spacing on top: nothing runs off or is cut off', () =>
  everyKind({ viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 }, async page => {
    await unfold(page);
    const zoomed = await overrun(page);
    // What sticks to the window must leave room to read.
    const stuck = await page.evaluate(() => [...document.body.querySelectorAll('*')].filter(element => /fixed|sticky/.test(getComputedStyle(element).position) && element.getBoundingClientRect().height > 128).map(element => element.className));
    await styled(page, SPACING);
    return [...told('zoom', zoomed), ...stuck.map(name => `${name} takes half of the window`), ...told('spacing', await overrun(page))];
  }));

test('text at 200 %, and wide text spacing on a desk: nothing runs off or is cut off; nothing moves by itself', () =>
  everyKind({ viewport: { width: 640, height: 800 }, reducedMotion: 'no-preference' }, async page => {
    await unfold(page);
    const moving = await page.evaluate(() => {
      const moves = element => { const style = getComputedStyle(element); return style.animationName !== 'none' || style.transitionDuration.split(', ').some(time => parseFloat(time) > 0) || style.scrollBehavior !== 'auto'; };
      return [...document.querySelectorAll('*')].filter(moves).map(element => `moves: ${element.outerHTML.slice(0, 80)}`);
    });
    await styled(page, TWICE);
    const twice = await overrun(page);
    await page.evaluate(() => { document.adoptedStyleSheets.length = 0; });
    await page.setViewportSize({ width: 1280, height: 800 });
    await styled(page, SPACING);
    return [...moving, ...told('200 %', twice), ...told('spacing', await overrun(page))];
  }));

test('forced colours: controls and states keep an edge, focus keeps a ring', () =>
  everyKind({ viewport: { width: 320, height: 800 }, forcedColors: 'active' }, async page => {
    await unfold(page);
    const found = await page.evaluate(() => {
      const out = [];
      for (const element of document.querySelectorAll('.btn, .tag, .note, .box, input, select')) {
        if (!element.getClientRects().length) continue;
        const style = getComputedStyle(element);
        if (!['Top', 'Left'].some(side => style[`border${side}Style`] !== 'none' && parseFloat(style[`border${side}Width`]) > 0)) out.push(`no edge: ${element.outerHTML.slice(0, 80)}`);
      }
      const link = document.querySelector('main a[href], main button');
      link?.focus({ focusVisible: true });
      const ring = link && getComputedStyle(link);
      if (ring && (ring.outlineStyle === 'none' || parseFloat(ring.outlineWidth) < 2)) out.push('no ring around what has the focus');
      if (!matchMedia('(forced-colors: active)').matches) out.push('the browser does not force colours');
      return out;
    });
    return found;
  }));

test('language, landmarks, headings and tables are as a screen reader needs them', () => {
  const titles = new Map();
  return everyKind({ viewport: { width: 360, height: 800 } }, async (page, kind) => {
    const seen = await page.evaluate(() => {
      const all = selector => [...document.querySelectorAll(selector)];
      const named = element => element.getAttribute('aria-label') ?? document.getElementById(element.getAttribute('aria-labelledby'))?.textContent ?? '';
      return {
        lang: document.documentElement.lang, title: document.title,
        headings: all('h1,h2,h3,h4,h5,h6').filter(h => h.getClientRects().length).map(h => [Number(h.tagName[1]), h.textContent.trim()]),
        counts: ['main', 'body > header', 'body > footer', 'h1'].map(selector => [selector, all(selector).length]),
        navs: all('nav').map(named), tables: all('table').filter(table => !table.caption?.textContent.trim() || !table.querySelector('th[scope]')).length,
        dates: all('time').filter(time => time.dateTime && !/^\d{4}(-\d\d(-\d\d)?)?$/.test(time.dateTime)).map(time => time.dateTime),
        pictures: all('img:not([alt]), svg[role=img]:not([aria-labelledby]):not([aria-label])').length,
        fields: all('input:not([type=hidden]), select, textarea').filter(field => !field.labels?.length && !field.getAttribute('aria-label')).length,
      };
    });
    const out = [];
    if (seen.lang !== 'vi') out.push(`lang is “${seen.lang}”`);
    for (const [selector, count] of seen.counts) if (count !== 1) out.push(`${count} of ${selector}`);
    if (titles.has(seen.title)) out.push(`the title is that of ${titles.get(seen.title)}`);
    titles.set(seen.title, kind);
    if (seen.headings[0]?.[0] !== 1) out.push('the first heading is no h1');
    seen.headings.forEach(([level, text], i) => { if (i && level > seen.headings[i - 1][0] + 1) out.push(`h${seen.headings[i - 1][0]} is followed by h${level} “${text}”`); if (!text) out.push('an empty heading'); });
    if (seen.navs.some(name => !name.trim()) || new Set(seen.navs).size < seen.navs.length) out.push(`navs are not told apart: ${seen.navs}`);
    if (seen.tables) out.push(`${seen.tables} tables without caption or heads`);
    if (seen.dates.length) out.push(`dates: ${seen.dates}`);
    if (seen.pictures) out.push(`${seen.pictures} pictures without words`);
    if (seen.fields) out.push(`${seen.fields} fields without a label`);
    return out;
  });
});

test('by keyboard alone: past the head in one step, everywhere in the order of the page, focus always seen', () =>
  everyKind({ viewport: { width: 1280, height: 800 } }, async page => {
    const most = 40;
    await page.evaluate(() => {
      window.stops = [];
      document.addEventListener('focusin', ({ target }) => {
        const style = getComputedStyle(target), box = target.getBoundingClientRect();
        window.stops.push({ target, what: target.outerHTML.slice(0, 80), href: target.getAttribute('href') ?? '',
          seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && box.width > 0 && box.right > 0 && box.bottom > 0 && box.top < innerHeight });
      });
    });
    // All strokes are sent before the first is answered: the browser takes them in their order.
    const keys = await page.context().newCDPSession(page);
    const tab = type => keys.send('Input.dispatchKeyEvent', { type, key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9 });
    await Promise.all(Array.from({ length: most }, () => [tab('rawKeyDown'), tab('keyUp')]).flat());
    await keys.detach();
    const { stops, ways } = await page.evaluate(() => {
      // What a person can use; of radios and folded parts only what is shown.
      const usable = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary, [tabindex="0"]')].filter(element => element.checkVisibility() && !element.disabled);
      const order = new Map([...document.querySelectorAll('*')].map((element, i) => [element, i]));
      return { stops: window.stops.map(({ target, ...stop }) => ({ ...stop, at: order.get(target) })), ways: usable.map(element => element.outerHTML.slice(0, 80)) };
    });
    const out = [];
    if (!stops[0]?.href.startsWith('#')) out.push(`the first stop is ${stops[0]?.what}`);
    const first = stops.findIndex((stop, i) => i && stop.at <= stops[i - 1].at);
    const walked = first < 0 ? stops : stops.slice(0, first);
    const wanted = Math.min(ways.length, most);
    if (walked.length < wanted) out.push(`only ${walked.length} of ${wanted} are reached in order; missing ${ways.filter(way => !walked.some(stop => stop.what === way)).slice(0, 2)}`);
    for (const stop of walked) if (!stop.seen) out.push(`focus is not seen on ${stop.what}`);
    // The skip link leads into the page itself.
    await page.evaluate(() => { document.activeElement?.blur(); scrollTo(0, 0); });
    await page.locator('.skip').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    const inside = await page.evaluate(() => !document.querySelector('main a[href], main button, main summary, main input') || !!document.activeElement?.closest('main'));
    if (!inside) out.push('the skip link does not lead into the page');
    return out.slice(0, 5);
  }));
