// The drawing as SVG: lines stay lines. A stroke of one width is one path; where the pressure changes, a piece each.

import { CANVAS_PX, MIRROR, TOOL } from './protocol.js';
import { pointsOf } from './ink.js';

export function toSvg(strokes) {
  let [paint, lines, masks] = ['', '', ''];
  strokes.forEach((stroke, i) => {
    const shape = mirrored(stroke, pieces(stroke));
    if (stroke.tool === TOOL.brush) lines += `<g stroke="#000" fill="#000">${shape}</g>`;
    else if (stroke.tool === TOOL.paint) paint += `<g stroke="rgb(${stroke.rgb})" fill="rgb(${stroke.rgb})">${shape}</g>`;
    else {
      masks += `<mask id="e${i}" maskUnits="userSpaceOnUse" x="0" y="0" width="${CANVAS_PX}" height="${CANVAS_PX}">`
        + `<rect width="${CANVAS_PX}" height="${CANVAS_PX}" fill="#fff"/><g stroke="#000" fill="#000">${shape}</g></mask>`;
      paint &&= `<g mask="url(#e${i})">${paint}</g>`;
      lines &&= `<g mask="url(#e${i})">${lines}</g>`;
    }
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${CANVAS_PX} ${CANVAS_PX}" width="${CANVAS_PX}" height="${CANVAS_PX}">`
    + `<defs>${masks}</defs><g stroke-linecap="round" stroke-linejoin="round">${paint}${lines}</g></svg>\n`;
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
