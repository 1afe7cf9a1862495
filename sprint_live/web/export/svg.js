// The drawing as SVG, layer by layer: lines stay lines. A stroke of one width is one path; where the pressure changes, a piece
// each. A picture is inside the file, as its bytes. An eraser is a mask over what was drawn before it: masks are shared by halves,
// so that 2,000 erasers nest eleven groups deep and not 2,000. The page is white, also on dark ground.

import { FIRST_LAYERS } from '../canvas/edits.js';
import { pointsOf } from '../canvas/ink.js';
import { bytesOf } from '../canvas/images.js';
import { kindOf } from '../storage/file-type.js';
import { toBase64 } from '../storage/project-file.js';
import { CANVAS_PX, MIRROR, TOOL } from '../wire/protocol.js';

// page: {left, top, width, height} in px of the canvas, what is seen of it
export function toSvg(marks, { left, top, width, height }) {
  const sheets = new Map();
  const sheet = (id) => sheets.get(id) ?? sheets.set(id, { lines: [], paint: [] }).get(id);
  const defs = [];
  const whole = (items) => under(items, defs);
  let layers = FIRST_LAYERS;
  for (const mark of marks) {
    if (mark.arrange) {
      if (mark.arrange.merged) merge(mark.arrange.merged, layers, sheet, whole);
      layers = mark.arrange.layers;
      for (const id of sheets.keys()) if (!layers.some((layer) => layer.id === id)) sheets.delete(id);
    } else draw(mark, sheet(mark.layer), defs);
  }
  const stacked = (name) => layers.filter(({ shown }) => shown).map(({ id, opacity }) => faded(whole(sheet(id)[name]), opacity)).join('');
  const body = `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="#fff"/>${stacked('paint')}${stacked('lines')}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}" width="${width}" height="${height}">`
    + `<defs>${defs.join('')}</defs><g stroke-linecap="round" stroke-linejoin="round">${body}</g></svg>\n`;
}

// Adds a stroke to what lies on its layer: {drawn: shapes, erasers: [name], of what comes right after them}
function draw(stroke, { lines, paint }, defs) {
  const add = (items, shapes) => {
    if (!items.length || items.at(-1).erasers.length) items.push({ drawn: '', erasers: [] });
    items.at(-1).drawn += shapes;
  };
  if (stroke.tool === TOOL.picture) {
    add(paint, image(stroke));
    return;
  }
  const shape = mirrored(stroke, stroke.tool === TOOL.fill ? outline(stroke) : pieces(stroke));
  if (stroke.tool === TOOL.brush) add(lines, `<g stroke="#000" fill="#000">${shape}</g>`);
  else if (stroke.tool === TOOL.fill) add(paint, `<g fill="rgb(${stroke.rgb})" fill-rule="evenodd">${shape}</g>`);
  else if (stroke.tool === TOOL.paint) add(paint, `<g stroke="rgb(${stroke.rgb})" fill="rgb(${stroke.rgb})">${shape}</g>`);
  else {
    const name = `d${defs.length}`;
    const over = [lines, paint].filter((items) => items.length);
    if (over.length) defs.push(`<g id="${name}" stroke-linecap="round" stroke-linejoin="round">${shape}</g>`);
    for (const items of over) items.at(-1).erasers.push(name);
  }
}

// Each item without what the erasers of its own and of later ones take away: of two halves, those of the second are one mask on the first.
function under(items, defs) {
  if (!items.length) return '';
  if (items.length === 1) return masked(items[0].drawn, items[0].erasers, defs);
  const half = items.length >> 1;
  const [before, after] = [items.slice(0, half), items.slice(half)];
  return masked(under(before, defs), after.flatMap(({ erasers }) => erasers), defs) + under(after, defs);
}

function masked(shapes, erasers, defs) {
  if (!erasers.length) return shapes;
  const name = `d${defs.length}`;
  const holes = erasers.map((eraser) => `<use href="#${eraser}"/>`).join('');
  defs.push(`<mask id="${name}" maskUnits="userSpaceOnUse" x="0" y="0" width="${CANVAS_PX}" height="${CANVAS_PX}">`
    + `<rect width="${CANVAS_PX}" height="${CANVAS_PX}" fill="#fff"/><g stroke="#000" fill="#000">${holes}</g></mask>`);
  return `<g mask="url(#${name})">${shapes}</g>`;
}

// One unit square, under the map that takes it to the picture's corners.
function image(stroke) {
  const [origin, across, , down] = stroke.chunks.flatMap((chunk) => pointsOf(stroke, chunk));
  const bytes = bytesOf(stroke.picture);
  if (!down || !bytes) return '';
  const matrix = [across.x - origin.x, across.y - origin.y, down.x - origin.x, down.y - origin.y, origin.x, origin.y];
  return `<image width="1" height="1" preserveAspectRatio="none" transform="matrix(${matrix})" href="data:${kindOf(bytes).type};base64,${toBase64(bytes)}"/>`;
}

function merge(pair, layers, sheet, whole) {
  const [above, below] = pair.map((id) => [sheet(id), layers.find((layer) => layer.id === id).opacity]);
  for (const name of ['lines', 'paint']) {
    const drawn = [below, above].map(([from, opacity]) => faded(whole(from[name]), opacity)).join('');
    below[0][name] = drawn ? [{ drawn, erasers: [] }] : [];
  }
}

const faded = (shapes, opacity) => (shapes && opacity < 100 ? `<g opacity="${opacity / 100}">${shapes}</g>` : shapes);

function outline(stroke) {
  const points = stroke.chunks.flatMap((chunk) => pointsOf(stroke, chunk));
  return `<path d="${points.map(({ x, y, lifted }, i) => `${i === 0 || lifted ? 'M' : 'L'}${x} ${y}`).join('')}"/>`;
}

function mirrored({ mirror }, shape) {
  let all = shape;
  if (mirror & MIRROR.leftRight) all += `<g transform="matrix(-1 0 0 1 ${CANVAS_PX} 0)">${all}</g>`;
  if (mirror & MIRROR.topBottom) all += `<g transform="matrix(1 0 0 -1 0 ${CANVAS_PX})">${all}</g>`;
  return all;
}

function pieces(stroke) {
  const points = stroke.chunks.flatMap((chunk) => pointsOf(stroke, chunk));
  if (!points.length) return '';
  let out = '';
  let run = [];
  const close = () => {
    if (run.length === 1) out += `<circle stroke="none" cx="${run[0].x}" cy="${run[0].y}" r="${run[0].r}"/>`;
    else if (run.length) out += `<path fill="none" stroke-width="${2 * run[0].r}" d="M${run.map(({ x, y }) => `${x} ${y}`).join('L')}"/>`;
  };
  for (const point of points) {
    const last = run.at(-1);
    if (last && (point.lifted || Math.abs(point.r - run[0].r) > 0.15 + 0.03 * run[0].r)) {
      close();
      run = point.lifted ? [] : [{ ...last, r: point.r }];
    }
    run.push(point);
  }
  close();
  return out;
}
