// How long from saving a record to the new page in the browser: median, 90th percentile, most.
// Usage: node benches/serve.mjs [CONTENT [RUNS]]   (needs `cargo build --release` and tests/browser's packages: npm ci)
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';

const ROOT = path.resolve(import.meta.dirname, '..');
const { chromium } = createRequire(path.join(ROOT, 'tests/browser/package.json'))('playwright-core');
const [source = path.join(ROOT, 'content'), runs = '20'] = process.argv.slice(2);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'congkhai-'));
const content = path.join(folder, 'content');
fs.cpSync(source, content, { recursive: true });
const began = performance.now();
const serve = spawn(path.join(ROOT, 'target/release/congkhai'), ['serve', '--date', '2026-11-23', '--content', content], { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'] });
const url = await new Promise((found) => {
  let words = '';
  serve.stderr.on('data', (data) => { words += data; const at = /http:\/\/127\.0\.0\.1:\d+\//.exec(words); if (at) found(at[0]); });
});
const code = fs.readdirSync(path.join(content, 'thu-tuc'))[0].replace(/\.yaml$/, '');
const file = path.join(content, 'thu-tuc', `${code}.yaml`);
await fetch(`${url}thu-tuc/${code}/`);
const first = performance.now() - began;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
const page = await browser.newPage();
await page.goto(`${url}thu-tuc/${code}/`);
await page.waitForTimeout(1000);
// CPU time of the server so far, in milliseconds (ticks of 10 ms): other work on the machine does not count in it.
const cpu = () => {
  const fields = fs.readFileSync(`/proc/${serve.pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
};
const cpuFirst = cpu();
const times = [];
for (let i = 0; i < Number(runs); i++) {
  const text = fs.readFileSync(file, 'utf8').replace(/^ten: (?:Lần \d+ )?/m, `ten: Lần ${i} `);
  const start = performance.now();
  fs.writeFileSync(`${file}~`, text);
  fs.renameSync(`${file}~`, file);
  await page.waitForFunction((i) => new RegExp(`Lần\\s${i}\\s`).test(document.querySelector('h1')?.textContent), i, { polling: 5, timeout: 20000 });
  times.push(performance.now() - start);
  await page.waitForTimeout(Number(process.env.PAUSE ?? 400));
}
const cpuSave = (cpu() - cpuFirst) / times.length;
await browser.close();
serve.kill('SIGINT');
fs.rmSync(folder, { recursive: true, force: true });
times.sort((a, b) => a - b);
const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(0);
console.log(`${source}: first page ${first.toFixed(0)} ms after start; save to page: median ${at(0.5)} ms, 90 % ${at(0.9)} ms, most ${at(1)} ms (${times.length} saves); CPU: ${cpuFirst} ms until a second after the first page, ${cpuSave.toFixed(0)} ms a save with its judgment`);
