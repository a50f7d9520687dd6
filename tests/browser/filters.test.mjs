// Filters and sorting of the list pages, in a real browser: below a sub-path and from a folder.
// Usage: SITE=../../public node --test      (SITE: a folder that `congkhai build` wrote)
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { after, before, test } from 'node:test';
import { SITE, launch, served } from './served.mjs';

let browser, origin, stop;
before(async () => {
  browser = await launch();
  ({ origin, stop } = await served());
});
after(async () => { await browser?.close(); stop?.(); });

/** Runs `work` on a fresh page; anything on its console, an error or a refused script, fails the test. */
async function on(url, work, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const noise = [];
  page.on('console', message => noise.push(message.text()));
  page.on('pageerror', error => noise.push(String(error)));
  try {
    await page.goto(url);
    await work(page);
    assert.deepEqual(noise, []);
  } finally { await context.close(); }
}
// One question to the page, not one a row.
const shown = page => page.locator('#ds li[data-k]').evaluateAll(rows => rows.filter(row => row.checkVisibility()).length);
const names = page => page.locator('#ds li[data-k] > a').evaluateAll(links => links.filter(link => link.checkVisibility()).map(link => link.textContent));
const status = page => page.locator('.count[role=status]').textContent();
const LISTS = ['thu-tuc', 'quyet-dinh', 'phan-anh'];
/** After the list has answered: at once to a choice, after 150 ms to letters, and then twice drawn. */
const settled = (page, wait = 0) => page.evaluate(wait => new Promise(done => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), wait)), wait);
const TYPED = 170;

test('without a script the lists are whole and show no form', async () => {
  for (const list of LISTS) {
    await on(`${origin}${list}/`, async page => {
      assert.ok(await shown(page) >= 10, list);
      assert.equal(await page.locator('form.tools').isVisible(), false, list);
      assert.equal(await page.locator('.count[role=status]').isVisible(), false, list);
    }, { javaScriptEnabled: false });
  }
});

test('the script is small', () => {
  const folder = path.join(SITE, 'giao-dien');
  const file = fs.readdirSync(folder).find(name => /^list-.*\.js$/.test(name));
  const size = gzipSync(fs.readFileSync(path.join(folder, file)), { level: 9 }).length;
  assert.ok(size < 3072, `${size} bytes`);
});

test('every choice keeps exactly the rows that have it, says how many, and the address keeps it', async () => {
  for (const list of LISTS) {
    await on(`${origin}${list}/`, async page => {
      const all = await shown(page);
      const selects = await page.locator('form[data-list] select:not([name=xep])').all();
      assert.ok(selects.length >= 2, list);
      for (const select of selects) {
        const name = await select.getAttribute('name');
        const values = await select.locator('option').evaluateAll(options => options.map(o => o.value).filter(Boolean));
        assert.ok(values.length >= 1, `${list} ${name}`);
        for (const value of values) {
          await select.selectOption(value);
          await settled(page);
          const expected = await page.locator('#ds li[data-k]').evaluateAll((rows, pair) => rows.filter(row => row.dataset.k.split('|').includes(pair)).length, `${name}=${value}`);
          const found = await shown(page);
          assert.equal(found, expected, `${list} ${name}=${value}`);
          assert.ok(found > 0 && found <= all, `${list} ${name}=${value}: no empty choice is offered`);
          assert.match(await status(page), new RegExp(`^Hiện ${found} trong ${all} `));
          assert.equal(new URL(page.url()).searchParams.get(name), value);
          // A heading without rows goes with them.
          assert.equal(await page.locator('#ds section:visible').evaluateAll(groups => groups.filter(group => !group.querySelector('li[data-k]:not([hidden])')).length), 0);
        }
        await select.selectOption('');
        await settled(page);
        assert.equal(await shown(page), all, list);
        assert.equal(await status(page), '');
        assert.equal(new URL(page.url()).search, '', `${list}: a bare address when nothing is chosen`);
      }
    });
  }
});

test('text is found without diacritics, in any order of words, by code and by keyword', async () => {
  await on(`${origin}thu-tuc/`, async page => {
    const row = page.locator('#ds li[data-k]').nth(40);
    const name = await row.locator('a').textContent();
    const [code] = /\d\.\d{6}/.exec(await row.textContent());
    const fold = text => text.toLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/đ/g, 'd');
    const turned = name.split(/\s+/).reverse().join(' ');
    for (const query of [name, fold(name), name.toUpperCase(), name.normalize('NFD'), fold(turned), code, code.slice(2), `  ${code} `]) {
      await page.fill('form.tools input[type=search]', query);
      await settled(page, TYPED);
      const found = await names(page);
      assert.ok(found.includes(name), `${query}: ${found.slice(0, 3)}`);
      assert.ok(found.length < 30, `${query}: ${found.length}`);
    }
    await page.fill('form.tools input[type=search]', 'không có chữ nào như vậy');
    await settled(page, TYPED);
    assert.equal(await shown(page), 0);
    assert.match(await status(page), /^Không có thủ tục nào như vậy\. Tìm “không có chữ nào như vậy”\.$/);
  });
});

test('an order is turned and turned back, and nothing is lost', async () => {
  await on(`${origin}thu-tuc/`, async page => {
    const before = await names(page);
    await page.selectOption('select[name=xep]', 'ma');
    await settled(page);
    const codes = (await page.locator('#ds li[data-k]:visible').allTextContents()).map(row => /\d\.\d{6}/.exec(row)[0]);
    assert.deepEqual(codes, [...codes].sort());
    assert.equal(codes.length, before.length);
    assert.equal(await page.locator('#ds section:visible, #ds nav:visible').count(), 0, 'no letters over another order');
    await page.selectOption('select[name=xep]', '');
    await settled(page);
    assert.deepEqual(await names(page), before);
  });
  await on(`${origin}quyet-dinh/?xep=ngay-ky`, async page => {
    const days = await page.locator('#ds li[data-k]:visible').evaluateAll(rows => rows.map(row => row.dataset.s));
    assert.deepEqual(days, [...days].sort());
  });
  await on(`${origin}phan-anh/?xep=tre.giam`, async page => {
    const late = await page.locator('#ds li[data-k]:visible').evaluateAll(rows => rows.map(row => /tre=(\d+)/.exec(row.dataset.s)[1]));
    assert.deepEqual(late, [...late].sort().reverse());
    assert.ok(late[0] > '00000', 'a late one leads');
  });
});

test('an address that was passed on opens the same list, and reset goes back', async () => {
  let wanted, address;
  await on(`${origin}thu-tuc/`, async page => {
    await page.fill('form.tools input[type=search]', 'cap');
    await page.locator('select[name=linh-vuc]').selectOption({ index: 1 });
    await page.locator('select[name=xep]').selectOption('ma');
    await settled(page);
    [wanted, address] = [await names(page), page.url()];
  });
  assert.ok(wanted.length > 0);
  await on(address, async page => {
    assert.deepEqual(await names(page), wanted);
    assert.equal(await page.inputValue('form.tools input[type=search]'), 'cap');
    await page.click('button[type=reset]');
    await settled(page);
    assert.ok(await shown(page) > wanted.length);
    assert.equal(new URL(page.url()).search, '');
    assert.equal(await page.locator('button[type=reset]').isVisible(), false);
    assert.equal(await page.evaluate(() => document.activeElement.type), 'search', 'the focus is not lost with the button');
  });
  // What the list does not have is no filter.
  await on(`${origin}thu-tuc/?linh-vuc=khong-co&la=1&xep=la`, async page => {
    assert.equal(await status(page), '');
    assert.ok(await shown(page) > 100);
  });
});

test('it works from a folder too', async () => {
  const url = pathToFileURL(path.join(SITE, 'thu-tuc/index.html')).href;
  let address, found;
  await on(url, async page => {
    await page.locator('select[name=linh-vuc]').selectOption({ index: 2 });
    await settled(page);
    [address, found] = [page.url(), await shown(page)];
    assert.match(address, /[?]linh-vuc=/);
    assert.match(await status(page), /^Hiện \d+ trong \d+ thủ tục\. Lĩnh vực: /);
  });
  await on(address, async page => assert.equal(await shown(page), found));
  // A letter in the address is still a place in the page.
  await on(`${url}#chu-dd`, async page => assert.equal(await status(page), ''));
});

test('paper has the rows that are shown, the count, and no form', async () => {
  await on(`${origin}thu-tuc/`, async page => {
    await page.locator('select[name=linh-vuc]').selectOption({ index: 1 });
    await settled(page);
    const found = await shown(page);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await shown(page), found);
    assert.equal(await page.locator('form[data-list]').isVisible(), false);
    assert.equal(await page.locator('.count[role=status]').isVisible(), true);
  });
});

test('by keyboard, on a small phone, and never wider than it', async () => {
  for (const list of LISTS) {
    await on(`${origin}${list}/`, async page => {
      const wide = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(await wide() <= 0, list);
      assert.equal(await page.locator('form[data-list] select:visible').count(), 0, 'the choices wait behind one line');
      await page.locator('form[data-list] summary').press('Enter');
      await page.locator('form[data-list] select').first().waitFor({ state: 'visible' });
      await page.focus('form.tools input[type=search]');
      await page.keyboard.type('a');
      await page.keyboard.press('Enter');
      await settled(page);
      assert.match(await status(page), /^(Hiện|Không có)/);
      assert.match(page.url(), /\?q=a/);
      assert.ok(await wide() <= 0, list);
      for (const field of await page.locator('form[data-list] :is(input, select, button):visible').all()) {
        const box = await field.boundingBox();
        assert.ok(box.height >= 24 || await field.getAttribute('type') === 'checkbox', 'a finger hits it');
        assert.ok(await field.evaluate(node => node.tagName === 'BUTTON' || node.labels.length === 1), 'every field has its label');
      }
    }, { viewport: { width: 320, height: 640 } });
  }
});
