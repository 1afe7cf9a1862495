// The drawing as SVG, layer by layer: lines stay lines. A stroke of one width is one path; where the pressure changes, a piece
// each. A picture is inside the file, as its bytes.

import { FIRST_LAYERS } from '../canvas/edits.js';
import { pointsOf } from '../canvas/ink.js';
import { bytesOf } from '../canvas/images.js';
import { kindOf } from '../storage/file-type.js';
import { toBase64 } from '../storage/project-file.js';
import { CANVAS_PX, MIRROR, TOOL } from '../wire/protocol.js';

// page: {left, top, width, height} in px of the canvas, what is seen of it
export function toSvg(marks, { left, top, width, height }) {
  const sheets = new Map();
  const sheet = (id) => sheets.get(id) ?? sheets.set(id, { lines: '', paint: '' }).get(id);
  let layers = FIRST_LAYERS;
  let masks = '';
  marks.forEach((mark, i) => {
    if (mark.arrange) {
      if (mark.arrange.merged) merge(mark.arrange.merged, layers, sheet);
      layers = mark.arrange.layers;
      for (const id of sheets.keys()) if (!layers.some((layer) => layer.id === id)) sheets.delete(id);
    } else masks += draw(mark, sheet(mark.layer), `e${i}`);
  });
  const stacked = (name) => layers.filter(({ shown }) => shown).map(({ id, opacity }) => faded(sheet(id)[name], opacity)).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}" width="${width}" height="${height}">`
    + `<defs>${masks}</defs><g stroke-linecap="round" stroke-linejoin="round">${stacked('paint')}${stacked('lines')}</g></svg>\n`;
}

// Adds a stroke to what lies on its layer; returns the mask it needs, '' for none.
function draw(stroke, on, name) {
  if (stroke.tool === TOOL.picture) {
    on.paint += image(stroke);
    return '';
  }
  const shape = mirrored(stroke, stroke.tool === TOOL.fill ? outline(stroke) : pieces(stroke));
  if (stroke.tool === TOOL.brush) on.lines += `<g stroke="#000" fill="#000">${shape}</g>`;
  else if (stroke.tool === TOOL.fill) on.paint += `<g fill="rgb(${stroke.rgb})" fill-rule="evenodd">${shape}</g>`;
  else if (stroke.tool === TOOL.paint) on.paint += `<g stroke="rgb(${stroke.rgb})" fill="rgb(${stroke.rgb})">${shape}</g>`;
  else {
    on.paint &&= `<g mask="url(#${name})">${on.paint}</g>`;
    on.lines &&= `<g mask="url(#${name})">${on.lines}</g>`;
    return `<mask id="${name}" maskUnits="userSpaceOnUse" x="0" y="0" width="${CANVAS_PX}" height="${CANVAS_PX}">`
      + `<rect width="${CANVAS_PX}" height="${CANVAS_PX}" fill="#fff"/><g stroke="#000" fill="#000">${shape}</g></mask>`;
  }
  return '';
}

// One unit square, under the map that takes it to the picture's corners.
function image(stroke) {
  const [origin, across, , down] = stroke.chunks.flatMap((chunk) => pointsOf(stroke, chunk));
  const bytes = bytesOf(stroke.picture);
  if (!down || !bytes) return '';
  const matrix = [across.x - origin.x, across.y - origin.y, down.x - origin.x, down.y - origin.y, origin.x, origin.y];
  return `<image width="1" height="1" preserveAspectRatio="none" transform="matrix(${matrix})" href="data:${kindOf(bytes).type};base64,${toBase64(bytes)}"/>`;
}

function merge([upper, lower], layers, sheet) {
  const [over, under] = [upper, lower].map((id) => layers.find((layer) => layer.id === id).opacity);
  for (const name of ['lines', 'paint']) sheet(lower)[name] = faded(sheet(lower)[name], under) + faded(sheet(upper)[name], over);
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
