// The large sites: of many made-up procedures, for what must hold at any size. Each is built once for all test files,
// in the folder LARGE, which whoever names it removes; else in one of its own, which goes with the process.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { write } from './synthetic.mjs';

const HERE = import.meta.dirname;
/** The program. */
export const CONGKHAI = process.env.CONGKHAI ?? ['release', 'debug'].map(kind => path.join(HERE, '../../target', kind, 'congkhai')).find(fs.existsSync);
if (!CONGKHAI) throw new Error('no program: run `cargo build --release` first, or set CONGKHAI');
/** The shipped content. */
export const CONTENT = path.join(HERE, '../../content');

/** Builds a site of a content folder. */
export const build = (content, out) => {
  execFileSync(CONGKHAI, ['build', '-q', '--date', '2026-11-23', '--content', content, '--output', out, '--base-url', 'https://thu.gov.vn/mot/thu-muc/'], { stdio: ['ignore', 'inherit', 'ignore'] });
  return out;
};

let own;
const folder = () => {
  if (process.env.LARGE) return process.env.LARGE;
  if (!own) {
    own = fs.mkdtempSync(path.join(os.tmpdir(), 'trang-lon-'));
    process.on('exit', () => fs.rmSync(own, { recursive: true, force: true }));
  }
  return own;
};

/** The site of `count` procedures, and their codes and names. */
export const large = count => {
  const root = path.join(folder(), String(count)), site = path.join(root, 'public'), list = path.join(root, 'all.json');
  fs.mkdirSync(path.dirname(root), { recursive: true });
  let first = true;
  try { fs.mkdirSync(root); } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    first = false;
  }
  if (first) {
    try {
      const all = write(CONTENT, path.join(root, 'content'), count);
      build(path.join(root, 'content'), site);
      fs.writeFileSync(`${list}.part`, JSON.stringify(all));
      fs.renameSync(`${list}.part`, list);
    } catch (error) {
      // Who waits must not wait for what will never be there.
      fs.writeFileSync(path.join(root, 'failed'), String(error));
      throw error;
    }
  }
  const idle = new Int32Array(new SharedArrayBuffer(4));
  for (let i = 0; !fs.existsSync(list) && i < 3000; i += 1) {
    assert.ok(!fs.existsSync(path.join(root, 'failed')), `the site of ${count} procedures could not be built`);
    Atomics.wait(idle, 0, 0, 100);
  }
  return { site, all: JSON.parse(fs.readFileSync(list, 'utf8')) };
};
