// Lighthouse, as on a slow phone, over the page of most bytes of each kind: 100 in all four categories, by the median of RUNS runs.
// No part of the tests of every push: a busy machine lowers the scores. Give it a quarter of an hour of a machine of its own.
// Usage: (cd ../browser && npm ci); npm ci; SITE=../../public node run.mjs [KIND…]
import path from 'node:path';
import * as chromeLauncher from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { CHROMIUM, SITE, heaviest, served } from '../browser/served.mjs';

const RUNS = Number(process.env.RUNS ?? 3);
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
// What a server on this machine cannot have: HTTPS, HTTP/2, the public host that `canonical` names. `robots.txt` is asked for
// from inside the page, which our policy (`default-src 'none'`) refuses; tests/it reads that file.
const SKIPPED = ['is-on-https', 'redirects-http', 'uses-http2', 'canonical', 'robots-txt'];
const wanted = process.argv.slice(2);
const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const { origin, stop } = await served(SITE, { packed: true });
const chrome = await chromeLauncher.launch({
  chromePath: CHROMIUM,
  chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
let low = 0, kinds = 0;
console.log('kind                 perf a11y best  seo   LCP ms    CLS  TBT ms   of each run: perf');
try {
  for (const [kind, file] of heaviest(SITE)) {
    if (kind === 'not-found' || (wanted.length && !wanted.includes(kind))) continue; // It is no page that anybody is led to.
    const address = origin + path.relative(SITE, file).replace(/index\.html$/, '');
    const runs = [];
    for (let run = 0; run < RUNS; run++) {
      const { lhr } = await lighthouse(address, { port: chrome.port, logLevel: 'error', onlyCategories: CATEGORIES, skipAudits: SKIPPED });
      if (lhr.runtimeError) throw new Error(`${address}: ${lhr.runtimeError.message}`);
      const value = audit => lhr.audits[audit].numericValue;
      runs.push([...CATEGORIES.map(name => Math.round(lhr.categories[name].score * 100)), value('largest-contentful-paint'), value('cumulative-layout-shift'), value('total-blocking-time')]);
    }
    const of = runs[0].map((_, i) => median(runs.map(run => run[i])));
    const scores = of.slice(0, 4), [lcp, cls, tbt] = of.slice(4);
    const text = [...scores.map(score => String(score).padStart(4)), lcp.toFixed(0).padStart(8), cls.toFixed(3).padStart(6), tbt.toFixed(0).padStart(7)].join(' ');
    const isLow = scores.some(score => score < 100);
    console.log(`${kind.padEnd(20)} ${text}   ${runs.map(run => run[0]).join(' ')}${isLow ? '  LOW' : ''}`);
    low += isLow;
    kinds += 1;
  }
} finally { chrome.kill(); stop(); }
console.log(`${kinds} kinds of page, median of ${RUNS}: ${kinds - low} with 100 in all four, ${low} below`);
process.exitCode = low || !kinds ? 1 : 0;
