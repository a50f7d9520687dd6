// The Nu HTML checker (the W3C's own) over a page of every kind, every style sheet and every picture: no error, no warning.
// Usage: SITE=../../public node --test html.test.mjs      (ALL=1: over every page)
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { SITE, heaviest, walk } from './served.mjs';

if (spawnSync('java', ['-version']).error) throw new Error('no java: apt-get install default-jre-headless');
const JAR = path.join(path.dirname(createRequire(import.meta.url).resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');
// Read from a folder, a page has no origin that the policy's 'self' could mean; site.test.mjs judges the policy in a browser.
const PASSED = /^(Resource|Inline script) violates Content Security Policy/;

test('the Nu HTML checker has nothing to say', t => {
  const all = walk(SITE);
  const pages = process.env.ALL ? all.filter(file => file.endsWith('.html')) : [...heaviest(SITE).values()];
  const files = [...pages, ...all.filter(file => /\.(css|svg)$/.test(file))];
  const messages = [];
  for (let i = 0; i < files.length; i += 1000) {
    const run = spawnSync('java', ['-Xss4m', '-jar', JAR, '--format', 'json', '--stdout', '--exit-zero-always', '--also-check-css', '--also-check-svg', ...files.slice(i, i + 1000)], { maxBuffer: 1 << 28, encoding: 'utf8' });
    assert.ok(run.stdout, run.stderr);
    messages.push(...JSON.parse(run.stdout).messages);
  }
  t.diagnostic(`${files.length} files`);
  assert.ok(pages.length > 35, `${pages.length} pages`);
  assert.deepEqual(messages.filter(({ message }) => !PASSED.test(message)).map(m => `${path.relative(SITE, fileURLToPath(m.url))}:${m.lastLine}:${m.lastColumn} ${m.message}`), []);
});
