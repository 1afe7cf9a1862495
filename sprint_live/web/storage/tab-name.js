// The name under which this tab keeps its drawing. It lives as long as the tab (sessionStorage), but a browser copies that with
// a duplicated tab: so a name belongs to the page that holds its lock, and a copy takes another one.
// Where there are no Web Locks (plain http on a network) the pages ask each other instead.

const KEY = 'sprint-live-tab';
const MOST_MS = 500; // a page that is being left may still hold its name
const ANSWER_MS = 150;

const randomName = () => crypto.getRandomValues(new Uint32Array(2)).join('-');
const lockOf = (name) => `sprint-live-tab-${name}`;

// {name: this page's own from now on, before: the name that was kept, the drawing of which is opened; null for a new tab}
export async function claimTab() {
  const before = read();
  const name = before && (await claim(before)) ? before : randomName();
  if (name !== before) await claim(name);
  try { sessionStorage.setItem(KEY, name); } catch { /* the drawing is kept nowhere, and the page says so */ }
  return { name, before };
}

// The names that open pages hold, of those that can be known.
export async function namesInUse() {
  const { held = [] } = (await navigator.locks?.query().catch(() => null)) ?? {};
  return new Set(held.map(({ name }) => name));
}

export const isInUse = (names, name) => names.has(lockOf(name));

function read() {
  try { return sessionStorage.getItem(KEY); } catch { return null; }
}

// True if no other page has it.
function claim(name) {
  if (!navigator.locks) return claimByAsking(name);
  return new Promise((done) => {
    const waiting = new AbortController();
    const timer = setTimeout(() => waiting.abort(), MOST_MS);
    const hold = () => {
      clearTimeout(timer);
      done(true);
      return new Promise(() => {}); // as long as the page lives
    };
    navigator.locks.request(lockOf(name), { signal: waiting.signal }, hold).catch(({ name: why }) => done(why !== 'AbortError'));
  });
}

// Whoever has the name answers. Of two that ask at once the one with the lower number has it.
function claimByAsking(name) {
  const [channel, number] = [new BroadcastChannel(lockOf(name)), Math.random()];
  return new Promise((done) => {
    let mine = false;
    const timer = setTimeout(() => {
      mine = true;
      done(true);
    }, ANSWER_MS);
    channel.onmessage = ({ data }) => {
      if (data.asks !== undefined && (mine || number < data.asks)) channel.postMessage({ taken: data.asks });
      else if (data.taken === number || number > data.asks) {
        clearTimeout(timer);
        channel.close();
        done(false);
      }
    };
    channel.postMessage({ asks: number });
  });
}
