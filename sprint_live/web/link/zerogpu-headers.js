// A visitor's right to a GPU on Hugging Face's ZeroGPU, as headers for the event that takes it: the hub's page around ours gives
// them when it is asked, if it knows how; that is asked first.

const HUB = 'https://huggingface.co';
const CAN_YOU = 'supports-zerogpu-headers';
const WITHIN_MS = 3000;

const isFramed = () => window.parent !== window && window.location.hostname.endsWith('.hf.space');
const known = isFramed() ? within(hubAnswers()) : Promise.resolve(null);

// Headers; none where they are not to be had: then the visitor counts by address.
export async function visitorGrant() {
  if (!(await known)) return {};
  const { port1, port2 } = new MessageChannel();
  const given = new Promise((resolve) => { port1.onmessage = ({ data }) => resolve(data); });
  window.parent.postMessage('zerogpu-headers', HUB, [port2]);
  return (await within(given)) ?? {};
}

function hubAnswers() {
  return new Promise((resolve) => {
    window.addEventListener('message', ({ data, origin }) => { if (origin === HUB && data === CAN_YOU) resolve(true); });
    window.parent.postMessage(CAN_YOU, HUB);
  });
}

// What is promised, or null after a while.
function within(promise) {
  return Promise.race([promise, new Promise((resolve) => { setTimeout(() => resolve(null), WITHIN_MS); })]);
}
