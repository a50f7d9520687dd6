// The built site below a sub-path, and a browser to open it with: what every test of pages starts from.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';

/** The folder that `congkhai build` wrote. */
export const SITE = path.resolve(process.env.SITE ?? '../../public');
/** The browser. */
export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const SUB = '/mot/thu-muc/';
const MIME = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.xml': 'application/xml', '.json': 'application/json', '.txt': 'text/plain' };

if (!fs.existsSync(path.join(SITE, 'index.html'))) throw new Error(`no site at ${SITE}: run \`cargo run --release -- build\` first`);
if (!fs.existsSync(CHROMIUM)) throw new Error(`no browser at ${CHROMIUM}: apt-get install chromium, or set CHROMIUM`);

/** Every file below a folder. */
export const walk = dir => fs.readdirSync(dir, { withFileTypes: true }).flatMap(e =>
  e.isDirectory() ? walk(path.join(dir, e.name)) : [path.join(dir, e.name)]).sort();

/** The kind of page that a file is; none for what is no page of the site's layout. */
export const kindOf = html => /<body[^>]*data-page="([^"]+)"/.exec(html)?.[1];

/** For each of these ways to weigh, one page of each kind, the one of which it says most. Each page is read once. */
export const heaviests = (site, ways) => {
  const best = ways.map(() => new Map());
  for (const file of walk(site)) {
    if (!file.endsWith('.html')) continue;
    const html = fs.readFileSync(file, 'utf8'), kind = kindOf(html);
    if (kind) ways.forEach((weigh, i) => {
      const weight = weigh(html);
      if (!(best[i].get(kind)?.weight >= weight)) best[i].set(kind, { file, weight });
    });
  }
  return best.map(of => new Map([...of].map(([kind, { file }]) => [kind, file])));
};

/** One page of each kind, the one of most bytes. */
export const heaviest = site => heaviests(site, [html => html.length])[0];

/** A browser that calls nobody. */
export const launch = () => chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });

/** Serves a site; gives its address, which ends in `/`, and how to stop. Scripts come `late` milliseconds after they were asked for.
 * `packed`: text is packed on the way, as every server does with the settings of `congkhai hosting` (nginx at its level 1). */
export async function served(site = SITE, { late = 0, packed = false } = {}) {
  const server = http.createServer((request, response) => {
    const asked = decodeURIComponent(request.url.split(/[?#]/)[0]);
    let file = asked.startsWith(SUB) ? path.join(site, asked.slice(SUB.length)) : '';
    if (file && fs.existsSync(file) && fs.statSync(file).isDirectory()) file = path.join(file, 'index.html');
    if (!file || !file.startsWith(site) || !fs.existsSync(file)) { response.writeHead(404); return response.end('404'); }
    const packs = packed && /\.(html|css|js|svg|json|xml)$/.test(file) && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
    response.writeHead(200, { 'content-type': MIME[path.extname(file)] ?? 'application/octet-stream', ...(packs ? { 'content-encoding': 'gzip', vary: 'Accept-Encoding' } : {}) });
    const bytes = fs.readFileSync(file);
    setTimeout(() => response.end(packs ? gzipSync(bytes, { level: 1 }) : bytes), file.endsWith('.js') ? late : 0);
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  const stop = () => { server.closeAllConnections(); server.close(); };
  return { origin: `http://127.0.0.1:${server.address().port}${SUB}`, stop };
}
