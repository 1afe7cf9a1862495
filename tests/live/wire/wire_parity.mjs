// Run by test_protocol.py: builds every vector with web/wire/protocol.js and compares bytes; decodes what a server sends.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const [, , protocolPath, vectorsPath] = process.argv;
const wire = await import(protocolPath);
const vectors = JSON.parse(readFileSync(vectorsPath, 'utf8'));
const hex = (bytes) => Buffer.from(bytes).toString('hex');
const bytes = (name) => new Uint8Array(Buffer.from(vectors[name], 'hex'));
const SESSION = Uint8Array.from({ length: 16 }, (_, i) => i);
const points = wire.packPoints([
  { x: 0, y: 0, pressure: 1, tiltX: 0, tiltY: 0, dt: 0 },
  { x: 512.03125, y: 1023.97, pressure: 0.5, tiltX: -30.4, tiltY: 90, dt: 16.6 },
  { x: -9999, y: 9999, pressure: 2, tiltX: -120, tiltY: 45.5, dt: 1e9 },
]);
const none = new Uint8Array(0);
const BLACK = [0, 0, 0];

const moved = { transform: { ids: [1, 2], scaleX: -65536, scaleY: 98304, shiftX: 16777216, shiftY: -33, skewX: -6553600, skewY: 7 } };
const copied = { copy: { ids: [2, 3], scaleX: 0, scaleY: 0, shiftX: 5, shiftY: -6, skewX: 65536, skewY: -65536, firstId: 40, layer: 254, count: 31 } };
const picture = Buffer.from(Uint8Array.from({ length: 16 }, (_, i) => 200 + i)).toString('hex');
const arranged = { arrange: { layers: [{ id: 3, opacity: 0, shown: false }, { id: 0, opacity: 55, shown: true }], merged: [7, 0] } };

const client = {
  hello_new: wire.encodeHello(wire.NEW_SESSION, ''),
  hello_back: wire.encodeHello(SESSION, 'geheim-ü'),
  begin: wire.encodeBegin(7, { id: 3, tool: wire.TOOL.paint, width: 641, rgb: [250, 128, 3], mirror: 3, layer: 5 }),
  begin_picture: wire.encodeBegin(7, { id: 4, tool: wire.TOOL.picture, width: 1, rgb: BLACK, mirror: 0, layer: 5, picture }),
  picture: wire.encodePicture(6, picture, new Uint8Array(Buffer.from('\xff\xd8jpeg\xff\xd9', 'latin1'))),
  points: wire.encodePoints(8, 3, points),
  end: wire.encodeEnd(9, 3),
  undo: wire.encodeUndo(10),
  redo: wire.encodeRedo(11),
  clear: wire.encodeClear(4294967295),
  restore: wire.encodeRestore(12, true, false, [
    { stroke: { id: 1, tool: 0, width: 96, rgb: BLACK, mirror: 0, layer: 0, points } },
    { more: points },
    { clear: true },
    { stroke: { id: 2, tool: 0, width: 96, rgb: BLACK, mirror: 0, layer: 0, points: none }, open: true },
    { stroke: { id: 3, tool: 2, width: 16, rgb: [1, 2, 3], mirror: 2, layer: 254, points: none }, undone: true },
    moved,
    { remove: [1], undone: true },
    arranged,
    { stroke: { id: 4, tool: 4, width: 1, rgb: BLACK, mirror: 0, layer: 0, picture, points } },
    copied,
  ]),
  settings: wire.encodeSettings(13, {
    prompt: 'a cat 🐱 <img onerror=alert(1)>', style: '3d', seed: 4294967295, steps: 4, guidance: 4.5, controlStrength: 0.85, controlStart: 0.25,
    controlEnd: 0.75, width: 832, height: 1216, painting: true, strength: 0.35, preview: true,
  }),
  pin: wire.encodePin(14, 6, [[0, 0], [1, -1], [0.5, 2]]),
  use_pin: wire.encodeUsePin(15, { width: 832, height: 1216, bytes: Uint8Array.of(1, 0, 1, 0, 1, 0, 255, 0, 60) }),
  use_no_pin: wire.encodeUsePin(16, null),
  vary: wire.encodeVary(17, [1, 2, 3, 4294967295]),
  ack: wire.encodeAck(77),
  transform: wire.encodeEdit(14, moved),
  copy: wire.encodeEdit(14, copied),
  remove: wire.encodeEdit(15, { remove: [3, 4294967295] }),
  arrange: wire.encodeEdit(16, arranged),
  arrange_plain: wire.encodeEdit(17, { arrange: { layers: [{ id: 0, opacity: 100, shown: true }], merged: null } }),
};
const server = {
  welcome: { kind: 'welcome', seq: 0, sessionId: SESSION, resumed: true, lastOpSeq: 41 },
  model: { kind: 'model', seq: 0, name: 'sprint-tiny', title: 'Sprint tiny', styles: ['plain', '3d'], sizes: [[1024, 1024], [832, 1216]], license: 'Apache-2.0',
    hasBranch: false, hasPreview: true, hasGuidance: false, hasColors: true, refines: false, detectors: [['canny', 'edges'], ['strokes', 'the drawing itself']],
  },
  frame: {
    kind: 'frame', seq: 5, opSeq: 40, width: 1024, height: 1024, preview: true, timings: [['engine', 50.25], ['strokes', 0.5]],
    jpeg: new Uint8Array(Buffer.from('\xff\xd8jpeg\xff\xd9', 'latin1')),
  },
  pinned: { kind: 'pinned', seq: 0, opSeq: 14, pin: { width: 832, height: 1216, bytes: Uint8Array.of(1, 0, 1, 0, 1, 0, 255, 0, 60) } },
  varied: {
    kind: 'varied', seq: 0, opSeq: 17, seed: 4294967295, width: 832, height: 1216, jpeg: new Uint8Array(Buffer.from('\xff\xd8jpeg\xff\xd9', 'latin1')),
  },
  status: { kind: 'status', seq: 0, state: 'loading', opSeq: 3, code: 'queue.position', params: { number: '3', seconds: '2' }, text: '3 before you, about 2 s' },
  error: { kind: 'error', seq: 0, closeCode: 1009, code: '', params: {}, text: 'over 20,000 points' },
  error_coded: { kind: 'error', seq: 0, closeCode: 0, code: 'engine.failed', params: { why: 'KeyError: ü' }, text: 'the engine failed: KeyError: ü' },
};

assert.deepEqual(Object.keys(vectors).sort(), [...Object.keys(client), ...Object.keys(server)].sort());
for (const [name, built] of Object.entries(client)) assert.equal(hex(built), vectors[name], name);
for (const [name, message] of Object.entries(server)) assert.deepEqual(wire.decodeServer(bytes(name)), message, name);

const restored = wire.decodeRestore(bytes('restore'));
assert.equal(hex(wire.encodeRestore(12, true, false, restored)), vectors.restore, 'restore there and back');
const parts = wire.decodeRestore(bytes('restore'));
assert.deepEqual(parts.slice(-5, -2).map(({ undone, open, ...edit }) => edit), [moved, { remove: [1] }, arranged], 'edits come back');
assert.deepEqual([parts.at(-2).stroke.picture, parts.at(-1).copy], [picture, copied.copy], 'pictures and copies come back');
const third = new Uint8Array(Buffer.from('03080000010000000301000000' + '0300' + '00000100' + '0000ffff' + '05000000' + 'fbffffff' + '01000000' + '07000000', 'hex'));
assert.deepEqual(wire.decodeRestore(third)[0].transform, { ids: [7], scaleX: 65536, scaleY: -65536, shiftX: 5, shiftY: -5, skewX: 0, skewY: 0 });
const second = new Uint8Array(Buffer.from('02080000010000000301000000' + '0000' + '05000000' + '02' + '6000' + '010203' + '02' + '01000000' + '00'.repeat(10), 'hex'));
assert.deepEqual(wire.decodeRestore(second)[0].stroke, { id: 5, tool: 2, width: 96, rgb: [1, 2, 3], mirror: 2, layer: 0, points: new Uint8Array(10) });
const old = new Uint8Array(Buffer.from('01080000010000000301000000' + '0000' + '05000000' + '01' + '6000' + '01000000' + '00'.repeat(10), 'hex'));
assert.deepEqual(wire.decodeRestore(old)[0].stroke, { id: 5, tool: 1, width: 96, rgb: BLACK, mirror: 0, layer: 0, points: new Uint8Array(10) });
for (const name of Object.keys(server)) {
  for (let cut = 0; cut < bytes(name).length; cut += 1) {
    assert.throws(() => wire.decodeServer(bytes(name).slice(0, cut)), `${name} cut at ${cut}`);
  }
}
for (const bad of [NaN, Infinity, -Infinity]) {
  assert.throws(() => wire.packPoints([{ x: bad, y: 0, pressure: 1, tiltX: 0, tiltY: 0, dt: 0 }]), wire.ProtocolError);
}
assert.throws(() => wire.encodePoints(1, 1, new Uint8Array(10 * 20001)), wire.ProtocolError);
console.log('ok');
