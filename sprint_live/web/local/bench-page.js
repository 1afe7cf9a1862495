// `?bench`: how fast this browser draws, as a table that can be copied. It takes the place of the canvas.

import { loadLanguage, localNumber, t } from '../i18n/language.js';

const MB = 1e6;
const [RUNS, MOST_RUNS] = [11, 101]; // odd: the median is one of them
const HEADINGS = { map: 'Lines', encode: 'Encode', denoise: 'Denoise', decode: 'Decode', whole: 'Whole picture' };

// root: element to put it in. base: address of the scripts. asked: how many pictures of each size, as text; RUNS for none.
export async function startBench(root, base, asked) {
  await loadLanguage(base);
  const [said, result, copy] = ['p', 'pre', 'button'].map((tag) => document.createElement(tag));
  said.setAttribute('role', 'status');
  Object.assign(copy, { type: 'button', className: 'sl-button', textContent: t('Copy'), hidden: true });
  result.hidden = true;
  const title = Object.assign(document.createElement('h1'), { textContent: t('How fast this browser draws') });
  const back = Object.assign(document.createElement('a'), { href: './', textContent: t('Back to the canvas') });
  const frame = Object.assign(document.createElement('section'), { className: 'sl-bench' });
  frame.append(title, said, result, copy, back);
  root.replaceChildren(frame);
  copy.addEventListener('click', () => copyText(result, said));
  const worker = new Worker(new URL('local/bench-worker.js', base), { type: 'module' });
  worker.onmessage = ({ data }) => {
    said.textContent = sentence(data);
    if (data.kind !== 'measured') return;
    result.textContent = tableOf(data);
    result.hidden = false;
    copy.hidden = false;
    worker.terminate();
    Object.assign(window, { sprintLiveBench: data });
  };
  worker.onerror = () => { said.textContent = t('This browser cannot connect: it does not support module workers.'); };
  worker.postMessage({ open: new URL('./', document.baseURI).href, runs: runsOf(asked) });
}

const runsOf = (asked) => Math.min(MOST_RUNS, Math.max(1, Math.round(Number(asked)) || RUNS));

function sentence({ kind, done, total, why }) {
  if (kind === 'loading') return t('Loading the model: {done} of {total} MB', { done: (done / MB).toFixed(0), total: (total / MB).toFixed(0) });
  if (kind === 'drawing') return t('Drawing {done} of {total} pictures. Leave this tab in front.', { done, total });
  return kind === 'failed' ? t('The measurement failed: {why}', { why }) : t('Done. Milliseconds: median / 9 of 10 pictures are faster.');
}

// Markdown, so that it is a table where it is pasted.
function tableOf({ threads, adapter, runs, warmUp, sizes }) {
  const stages = Object.keys(HEADINGS);
  const row = (cells) => `| ${cells.join(' | ')} |`;
  const ms = ({ median, p90 }) => `${localNumber(median, 0)} / ${localNumber(p90, 0)}`;
  return [
    `Sprint Live, sprint-tiny, ${new Date().toISOString().slice(0, 10)}`,
    t('WebAssembly, threads: {threads}. GPU (not used): {adapter}', { threads, adapter: adapter ?? '-' }),
    navigator.userAgent,
    t('{runs} pictures of each size, 1 step, after {warmUp} that are not counted; ms, median / p90', { runs, warmUp }),
    '',
    row([t('Size'), ...stages.map((stage) => t(HEADINGS[stage]))]),
    row(['Size', ...stages].map(() => '---:')),
    ...sizes.map(({ side, ms: times }) => row([`${side} x ${side}`, ...stages.map((stage) => ms(times[stage]))])),
  ].join('\n');
}

async function copyText(result, said) {
  try {
    await navigator.clipboard.writeText(result.textContent);
    said.textContent = t('Copied');
  } catch {
    getSelection().selectAllChildren(result); // refused: the person copies what is selected
    said.textContent = t('Press Ctrl+C or Cmd+C to copy the selected text.');
  }
}
