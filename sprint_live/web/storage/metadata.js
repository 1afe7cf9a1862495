// How a picture was made, and that a machine made it, as an XMP packet inside the file: what galleries and editors read,
// and what any tool that strips metadata removes. JPEG, PNG and WebP.

const AI = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia'; // IPTC's term
const TEXT = new TextEncoder();

// about: {prompt, ...} with names that are XML names and values that are text or numbers
export function xmpPacket(about) {
  const own = Object.entries(about).map(([name, value]) => `sl:${name}="${escaped(String(value))}"`).join(' ');
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">`
    + `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" `
    + `xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" `
    + `xmlns:ext="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmlns:sl="urn:sprint-live:" `
    + `xmp:CreatorTool="Sprint Live" ext:DigitalSourceType="${AI}" ${own}>`
    + `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${escaped(String(about.prompt))}</rdf:li></rdf:Alt></dc:description>`
    + '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>';
}

const ENTITY = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
// eslint-disable-next-line no-control-regex
const escaped = (text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ' ').replace(/[&<>"]/g, (char) => ENTITY[char]);

// The file's bytes with the packet in it. type: 'image/jpeg' | 'image/png' | 'image/webp'
export function withXmp(bytes, type, packet) {
  return { 'image/jpeg': intoJpeg, 'image/png': intoPng, 'image/webp': intoWebp }[type](bytes, TEXT.encode(packet));
}

// An APP1 segment after APP0.
function intoJpeg(bytes, packet) {
  const name = TEXT.encode('http://ns.adobe.com/xap/1.0/\0');
  const length = name.length + packet.length + 2;
  if (length > 65535) throw new RangeError('metadata over 64 KB');
  const at = 4 + ((bytes[4] << 8) | bytes[5]);
  return joined([bytes.subarray(0, at), Uint8Array.of(0xff, 0xe1, length >> 8, length & 255), name, packet, bytes.subarray(at)]);
}

// An iTXt chunk after IHDR.
function intoPng(bytes, packet) {
  const body = joined([TEXT.encode('iTXtXML:com.adobe.xmp\0\0\0\0\0'), packet]);
  return joined([bytes.subarray(0, 33), u32(body.length - 4, false), body, u32(crc32(body), false), bytes.subarray(33)]);
}

// An "XMP " chunk at the end, announced in VP8X, which a file without metadata does not have.
function intoWebp(bytes, packet) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fourcc = String.fromCharCode(...bytes.subarray(12, 16));
  let body = bytes.slice(12);
  if (fourcc === 'VP8X') body[8] |= 4;
  else {
    const [width, height] = fourcc === 'VP8 '
      ? [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff]
      : [(view.getUint32(21, true) & 0x3fff) + 1, ((view.getUint32(21, true) >> 14) & 0x3fff) + 1];
    const head = joined([TEXT.encode('VP8X'), u32(10, true), u32(4, true), u32(width - 1, true).subarray(0, 3), u32(height - 1, true).subarray(0, 3)]);
    body = joined([head, body]);
  }
  const chunk = joined([TEXT.encode('XMP '), u32(packet.length, true), packet, new Uint8Array(packet.length % 2)]);
  return joined([TEXT.encode('RIFF'), u32(4 + body.length + chunk.length, true), TEXT.encode('WEBP'), body, chunk]);
}

function u32(number, little) {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, number, little);
  return bytes;
}

function joined(parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function crc32(bytes) {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ -1) >>> 0;
}
