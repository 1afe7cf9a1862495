// The model's files: fetched in parts, checked by their sha256, kept in the browser. A part that has come is never fetched again,
// so a lost connection costs the part it broke off in, and a second visit needs none.

const CACHE = 'sprint-live-model';
const AT_ONCE = 4;
const TRIES = 4;
const FIRST_WAIT_MS = 500;

export class ModelFiles {
  // address: of manifest.json. on: {progress(bytesDone, bytesInAll), storageFull()}
  constructor(address, on) {
    this.address = address;
    this.on = on;
    this.done = 0;
    this.keeps = true;
  }

  async manifest() {
    return JSON.parse(new TextDecoder().decode(await this.asked(new URL(this.address), (response) => response.arrayBuffer())));
  }

  // All files of a manifest: {name: Uint8Array}. Throws where a part does not come, or comes damaged each time.
  async all({ files }) {
    const names = Object.keys(files);
    const total = names.reduce((sum, name) => sum + files[name].parts.reduce((bytes, part) => bytes + part.bytes, 0), 0);
    this.total = total;
    const cache = await openCache();
    const found = Object.fromEntries(names.map((name) => [name, new Uint8Array(files[name].bytes)]));
    const tasks = names.flatMap((name) => {
      let at = 0;
      return files[name].parts.map((part) => {
        const to = found[name].subarray(at, at + part.unpacked);
        at += part.unpacked;
        return async () => to.set(await unpacked(await this.part(part, cache), files[name].planes));
      });
    });
    await Promise.all(Array.from({ length: AT_ONCE }, async () => { while (tasks.length) await tasks.shift()(); }));
    await this.forgetOthers(cache, names.flatMap((name) => files[name].parts));
    return found;
  }

  // The bytes of a part, checked.
  async part({ name, bytes, sha256 }, cache) {
    const address = new URL(name, this.address);
    const kept = await cache?.match(address);
    if (kept) {
      const data = await kept.arrayBuffer();
      if (await isWhole(data, sha256)) {
        this.count(bytes);
        return data;
      }
      await cache.delete(address);
    }
    const data = await this.asked(address, (response) => this.read(response, bytes), (found) => isWhole(found, sha256));
    if (cache && this.keeps) {
      try {
        await cache.put(address, new Response(data));
      } catch (error) {
        this.keeps = false;
        console.warn('Sprint Live: the browser keeps no more of the model:', error);
        this.on.storageFull();
      }
    }
    return data;
  }

  // The body of an answer, counted as it comes; what a broken one brought is taken back.
  async read(response, bytes) {
    const data = new Uint8Array(bytes);
    let at = 0;
    try {
      for (const reader = response.body.getReader(); ;) {
        const { done, value } = await reader.read();
        if (done) break;
        data.set(value, at);
        at += value.length;
        this.count(value.length);
      }
      if (at !== bytes) throw new RangeError(`${at} bytes of ${bytes}`);
      return data.buffer;
    } catch (error) {
      this.count(-at);
      throw error;
    }
  }

  // Tries again after a while: a connection comes and goes.
  async asked(address, read, isGood = async (_data) => true) {
    let waitMs = FIRST_WAIT_MS;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const response = await fetch(address, { cache: 'no-cache' });
        if (!response.ok) throw new Error(`${address.pathname}: ${response.status}`);
        const data = await read(response);
        if (await isGood(data)) return data;
        this.count(-data.byteLength);
        throw new Error(`${address.pathname} arrived damaged`);
      } catch (error) {
        if (attempt === TRIES) throw error;
        await new Promise((after) => { setTimeout(after, waitMs); });
        waitMs *= 2;
      }
    }
  }

  count(bytes) {
    this.done += bytes;
    this.on.progress(this.done, this.total);
  }

  // Parts of a version before this one only take room.
  async forgetOthers(cache, parts) {
    if (!cache) return;
    const wanted = new Set(parts.map(({ name }) => new URL(name, this.address).href));
    for (const request of await cache.keys()) if (!wanted.has(request.url)) await cache.delete(request);
  }
}

// null where the browser keeps nothing: a page that is neither https nor localhost, or storage that is refused.
async function openCache() {
  try {
    return await caches.open(CACHE);
  } catch (error) {
    console.warn('Sprint Live: the model is fetched anew at each visit:', error);
    return null;
  }
}

async function isWhole(data, sha256) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', data));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') === sha256;
}

// A part as it was before it was packed: gzip; of numbers of two bytes first all low bytes, then all high ones.
async function unpacked(data, planes) {
  const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream('gzip'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  if (planes === 1) return bytes;
  const count = bytes.length / planes;
  const mixed = new Uint8Array(bytes.length);
  for (let i = 0; i < count; i += 1) for (let plane = 0; plane < planes; plane += 1) mixed[i * planes + plane] = bytes[plane * count + i];
  return mixed;
}
