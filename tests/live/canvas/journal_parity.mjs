// Run by test_journal.py: plays a script of operations on web/canvas/journal.js and prints its RESTORE messages.
import { readFileSync } from 'node:fs';

const [, , journalPath, scriptPath] = process.argv;
const { Journal } = await import(journalPath);
const { settle, white } = await import(journalPath.replace('journal.js', 'edits.js'));
const journal = new Journal();
const affine = ([ids, scaleX, scaleY, shiftX, shiftY, skewX, skewY]) => ({ ids, scaleX, scaleY, shiftX, shiftY, skewX, skewY });
const sinceClear = (entries) => entries.slice(entries.findLastIndex((entry) => entry.clear) + 1);
for (const [name, ...rest] of JSON.parse(readFileSync(scriptPath, 'utf8'))) {
  if (name === 'stroke') {
    const [tool, width, points] = rest;
    const layer = journal.layers[width % journal.layers.length].id;
    journal.begin({ tool, width, rgb: [width % 256, 7, 255 - (width % 256)], mirror: width % 4, layer });
    journal.append(new Uint8Array(Buffer.from(points, 'hex')));
    journal.end();
  } else if (name === 'transform') {
    journal.edit({ transform: affine(rest) });
  } else if (name === 'copy') {
    const layer = journal.layers.at(-1).id;
    const ids = new Set(rest[0]);
    const count = settle(sinceClear(journal.entries)).filter((mark) => mark.chunks && ids.has(mark.id)).reduce((sum, mark) => sum + mark.count, 0);
    journal.edit({ copy: { ...affine([[...ids], ...rest.slice(1)]), firstId: journal.nextId, layer, count } });
  } else if (name === 'remove') journal.edit({ remove: rest[0] });
  else if (name === 'arrange') {
    const [rows, merge] = rest;
    const layers = [{ id: 0, opacity: 100, shown: true }, ...rows.map(([id, opacity, shown]) => ({ id, opacity, shown }))];
    const lost = journal.layers.filter(({ id }) => !layers.some((layer) => layer.id === id));
    journal.edit({ arrange: { layers, merged: merge && lost.length ? [lost.at(-1).id, 0] : null } });
  } else journal[name]();
}
let seq = 0;
const messages = journal.toMessages(() => { seq += 1; return seq; });
const again = Journal.fromMessages(messages).toMessages(() => { seq += 1; return seq - messages.length; });
const settled = journal.marks().filter(({ chunks }) => chunks)
  .map(({ id, layer, width, chunks }) => [id, layer, width, Buffer.concat(chunks).toString('hex')]);
const hex = (list) => list.map((message) => Buffer.from(message).toString('hex'));
console.log(JSON.stringify({ messages: hex(messages), again: hex(again), points: journal.points, settled, white: white(journal.visible()) }));
