// What a page would fetch: files read from a folder, their bytes counted as a server with gzip sends them.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";

export class Reseau {
  constructor() {
    this.octets = 0;
    /** @type {Set<string>} files that the browser already has */
    this.vus = new Set();
  }

  /** The bytes of a file; counted once. @param {string} chemin */
  lire(chemin) {
    const bytes = readFileSync(chemin);
    if (!this.vus.has(chemin)) {
      this.vus.add(chemin);
      this.octets += bytes[0] === 0x1f && bytes[1] === 0x8b ? bytes.length : Math.min(bytes.length, gzipSync(bytes, { level: 6 }).length);
    }
    return bytes;
  }

  /** @param {string} chemin */
  json(chemin) {
    return JSON.parse(gunzipSync(this.lire(chemin)).toString("utf-8"));
  }

  /** Counts a module and those that it imports. @param {string} chemin */
  module(chemin) {
    if (this.vus.has(chemin)) return;
    const source = this.lire(chemin).toString("utf-8");
    for (const [, suite] of source.matchAll(/from "(\.[^"]+)"/g)) this.module(join(dirname(chemin), suite));
  }
}
