// Run by test_page_geometry.py: fills, hits and palms of the page, without a page. Prints what it finds as JSON.
import { readFileSync } from 'node:fs';

const [, , web, jobPath] = process.argv;
const job = JSON.parse(readFileSync(jobPath, 'utf8'));
const { fillOutline } = await import(`${web}/canvas/fill/bucket-fill.js`);
const { inPolygon, mostlyInside, touches } = await import(`${web}/canvas/hit-test.js`);
const { Palm } = await import(`${web}/canvas/palm-rejection.js`);

const answers = {
  fill: ({ barrier, x, y, gap, side }) => {
    const points = fillOutline(new Uint8Array(Buffer.from(barrier, 'base64')), { x, y }, gap, side);
    return points && Buffer.from(points).toString('hex');
  },
  hits: ({ strokes, polygon, taps }) => {
    const drawn = strokes.map(({ points, ...pen }) => ({ ...pen, chunks: [new Uint8Array(Buffer.from(points, 'hex'))] }));
    const names = (chosen) => drawn.filter(chosen).map(({ id }) => id);
    return [names((stroke) => mostlyInside(stroke, polygon)), ...taps.map(([place, reach]) => names((stroke) => touches(stroke, place, reach))),
      inPolygon({ x: 5, y: 5 }, polygon)];
  },
  palm: ({ events }) => {
    const palm = new Palm();
    return events.map((event) => { palm.saw(event); return palm.refuses(event); });
  },
};
console.log(JSON.stringify(job.map(([name, argument]) => answers[name](argument))));
