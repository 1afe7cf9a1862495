// What the server says, in the person's language: the text of its code, with its parameters filled in. A text without a code
// (an owner's own check, an error nobody foresaw) is shown as it came, in English.

/** @typedef {{code?: string, params?: Record<string, string>, text: string}} ServerText */

/** @type {Record<string, string>} */
let messages = {};

/** @param {Record<string, string>} byCode what languages/messages/ has for the page's language */
export function useMessages(byCode) { messages = byCode; }

/** @param {ServerText} said */
export function inWords({ code = '', params = {}, text }) {
  const words = Object.hasOwn(messages, code) ? messages[code] : text;
  return words === text ? text : words.replace(/\{(\w+)\}/g, (hole, name) => params[name] ?? hole);
}

// An answer that is not OK, as an error that says why.
export class ServerError extends Error {
  /** @param {ServerText} said */
  constructor(said) {
    super(said.text);
    this.said = said;
  }

  /** @param {Response} answer a JSON {error, code, params} @param {string} otherwise for an answer that is none */
  static async of(answer, otherwise) {
    const { error = otherwise, code, params } = await answer.json().catch(() => ({}));
    return new ServerError({ text: error, code, params });
  }
}

// Why something failed: the server's words in the person's language, others as they are.
export function whyOf(error) {
  return error instanceof ServerError ? inWords(error.said) : error.message;
}
