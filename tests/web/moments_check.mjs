// Run by test_moments.py: moments of a journal of three strokes, a clear and one that was undone, as counts of points.
const [, , web] = process.argv;
const { Journal } = await import(`${web}/canvas/journal.js`);
const { historyOf, momentOf } = await import(`${web}/canvas/history-states.js`);
const { POINT_BYTES } = await import(`${web}/wire/protocol.js`);
const journal = new Journal();
for (const count of [40, 100, 60]) {
  journal.begin({ tool: 0, width: 96, rgb: [0, 0, 0], mirror: 0, layer: 0 });
  for (let at = 0; at < count; at += 20) journal.append(Uint8Array.from({ length: 20 * POINT_BYTES }, (_, i) => (at * POINT_BYTES + i) % 251));
  journal.end();
  if (count === 40) journal.clear();
}
journal.undo();
const whole = historyOf(journal);
const bytesOf = (entry) => (entry.chunks ? entry.chunks.flatMap((chunk) => [...chunk]) : []);
const moments = Array.from({ length: 24 }, (_, i) => momentOf(whole, i / 23));
const prefixes = moments.every(({ entries }) => entries.every((entry, i) => bytesOf(entry).every((byte, at) => byte === bytesOf(whole[i])[at])));
const again = moments.every((moment) => {
  let seq = 0;
  const messages = moment.toMessages(() => { seq += 1; return seq; });
  return Journal.fromMessages(messages).points === moment.points;
});
console.log(JSON.stringify({ points: moments.map((moment) => moment.points), lengths: moments.map(({ entries }) => entries.length), prefixes, again, untouched: journal.entries.length }));
