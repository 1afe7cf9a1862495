// What the server says and what the page hears, as types: `kind` tells them apart. messages.py has the server's side.

/** @typedef {{code: string, params?: Record<string, string>, text: string}} Said in words: code and parameters, and the English */
/** @typedef {{kind: 'welcome', seq: number, sessionId: Uint8Array<ArrayBuffer>, resumed: boolean, lastOpSeq: number}} Welcome */
/**
 * @typedef {{kind: 'model', seq: number, name: string, title: string, styles: string[], sizes: [number, number][], license: string,
 *   hasBranch: boolean, hasPreview: boolean, hasGuidance: boolean, hasColors: boolean, refines: boolean,
 *   detectors: [string, string][]}} Model
 */
/** @typedef {[stage: string, ms: number][]} Timings */
/**
 * @typedef {{kind: 'frame', seq: number, opSeq: number, width: number, height: number, preview: boolean, timings: Timings,
 *   jpeg: Uint8Array<ArrayBuffer>}} Frame
 */
/** @typedef {{kind: 'status', seq: number, state: string, opSeq: number} & Said} Status */
/** @typedef {{kind: 'error', seq: number, closeCode: number} & Said} ErrorMessage */
/** @typedef {{kind: 'pinned', seq: number, opSeq: number, pin: {width: number, height: number, bytes: Uint8Array}}} Pinned */
/** @typedef {{kind: 'varied', seq: number, opSeq: number, seed: number, width: number, height: number, jpeg: Uint8Array<ArrayBuffer>}} Varied */

/** @typedef {Welcome | Model | Frame | Status | ErrorMessage | Pinned | Varied} ServerMessage what `decodeServer` gives */

/** @typedef {Welcome & {door: string}} Welcomed by which door */
/** @typedef {Frame & {bitmap: ImageBitmap, decodeMs: number}} Picture a frame that is decoded */
/** @typedef {{kind: 'error', closeCode?: number} & Said} Trouble the server's, or what the link itself has met */
/** @typedef {{kind: 'down', code: number, retryInMs: number | null}} Down the connection is lost; null: for good */
/** @typedef {{kind: 'askGrant'}} AskGrant of a visitor's right to a GPU, which only the page can ask for */

/** @typedef {Welcomed | Model | Picture | Status | Trouble | Pinned | Varied | Down} LinkMessage what the page hears of its link */

/**
 * The end of a `switch` that has a case for every kind: the type checker says so when one is missing.
 * @param {never} message
 * @returns {never}
 */
export function unheard(message) {
  throw new TypeError(`no case for ${JSON.stringify(message)}`);
}
