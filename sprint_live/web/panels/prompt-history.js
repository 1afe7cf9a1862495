// Words that were used before.

const KEY = 'sprint-live-prompts';
const KEEP = 40;

export class PromptHistory {
  constructor(list) {
    this.list = list;
    this.prompts = read();
    this.show();
  }

  // The newest first, each once.
  add(prompt) {
    const text = prompt.trim();
    if (!text || text === this.prompts[0]) return;
    this.prompts = [text, ...this.prompts.filter((one) => one !== text)].slice(0, KEEP);
    try { localStorage.setItem(KEY, JSON.stringify(this.prompts)); } catch { /* kept for this visit only */ }
    this.show();
  }

  show() { this.list.replaceChildren(...this.prompts.map((text) => new Option(text, text))); }
}

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((text) => typeof text === 'string').slice(0, KEEP) : [];
  } catch {
    return [];
  }
}
