// Run by test_journal.py: plays a script of operations on web/journal.js and prints its RESTORE messages.
import { readFileSync } from 'node:fs';

const [, , journalPath, scriptPath] = process.argv;
const { Journal } = await import(journalPath);
const journal = new Journal();
for (const [name, ...rest] of JSON.parse(readFileSync(scriptPath, 'utf8'))) {
  if (name === 'stroke') {
    const [tool, width, points] = rest;
    journal.begin({ tool, width, rgb: [width % 256, 7, 255 - (width % 256)], mirror: width % 4 });
    journal.append(new Uint8Array(Buffer.from(points, 'hex')));
    journal.end();
  } else journal[name]();
}
let seq = 0;
const messages = journal.toMessages(() => { seq += 1; return seq; });
const again = Journal.fromMessages(messages).toMessages(() => { seq += 1; return seq - messages.length; });
const hex = (list) => list.map((message) => Buffer.from(message).toString('hex'));
console.log(JSON.stringify({ messages: hex(messages), again: hex(again), points: journal.points }));
