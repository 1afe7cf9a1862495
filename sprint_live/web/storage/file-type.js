// What a file is, told by its own first bytes: a browser that cannot write what it is asked for gives something else.

const text = (bytes, from, to) => String.fromCharCode(...bytes.subarray(from, to));

const KINDS = [
  { type: 'image/jpeg', ending: 'jpg', is: (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8 },
  { type: 'image/png', ending: 'png', is: (bytes) => bytes[0] === 0x89 && text(bytes, 1, 4) === 'PNG' },
  { type: 'image/webp', ending: 'webp', is: (bytes) => text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WEBP' },
  { type: 'image/gif', ending: 'gif', is: (bytes) => text(bytes, 0, 3) === 'GIF' },
  { type: 'video/mp4', ending: 'mp4', is: (bytes) => text(bytes, 4, 8) === 'ftyp' },
  { type: 'video/webm', ending: 'webm', is: (bytes) => bytes[0] === 0x1a && text(bytes, 1, 4) === 'E\xdf\xa3' },
];

// bytes: Uint8Array -> {type, ending}. Throws a RangeError for another kind.
export function kindOf(bytes) {
  const kind = KINDS.find(({ is }) => is(bytes));
  if (kind) return { type: kind.type, ending: kind.ending };
  const [got, accepted] = [[...bytes.subarray(0, 12)], KINDS.map(({ ending }) => ending)];
  throw new RangeError(`got a file that begins with ${got}; accepted: ${accepted}; another browser may write one`);
}
