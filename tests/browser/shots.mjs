// Pictures of a page of every kind, to look at: what no test can judge. No test itself.
// Usage: SITE=../../public node shots.mjs FOLDER [light|dark] [WIDTH] [KIND…]
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { SITE, heaviest, launch } from './served.mjs';

const [folder, scheme = 'light', width = '360', ...wanted] = process.argv.slice(2);
if (!folder) throw new Error('no folder to write to');
fs.mkdirSync(folder, { recursive: true });
const browser = await launch();
const page = await browser.newPage({ viewport: { width: Number(width), height: 900 }, colorScheme: scheme });
for (const [kind, file] of heaviest(SITE)) {
  if (kind === 'not-found' || (wanted.length && !wanted.includes(kind))) continue; // Its links are absolute: it answers at any depth.
  await page.goto(pathToFileURL(file).href);
  await page.screenshot({ path: path.join(folder, `${kind}-${width}-${scheme}.png`) });
}
await browser.close();
