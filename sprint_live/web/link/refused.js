// Why a request was not answered with what was asked: a close code as a WebSocket has it, and the words for the person.

/** @typedef {import('../wire/messages.js').Said} Said */

export const LOST = 1006;
export const TRY_LATER = 1013;
const CODE_OF = { 400: 1007, 403: 1008, 411: 1007, 413: 1009, 422: 1007, 429: TRY_LATER, 503: TRY_LATER };

/**
 * Our server answers with a JSON {error, code, params}; whatever else answers (a proxy) is told by its status. A status that
 * means no refusal is a lost connection: it is tried again, without a word.
 * @param {Response} answer one that is not OK
 * @returns {Promise<{code: number, said: Said | null, retryAfterMs: number | null}>}
 */
export async function refusalOf(answer) {
  const retryS = Number(answer.headers.get('Retry-After'));
  const retryAfterMs = retryS > 0 ? retryS * 1000 : null;
  const code = CODE_OF[answer.status] ?? LOST;
  if (code === LOST) return { code, said: null, retryAfterMs };
  const { error, code: name, params } = await answer.json().catch(() => ({}));
  const said = name ? { code: name, params, text: error } : byStatus(answer.status);
  return { code, said, retryAfterMs };
}

/** @returns {Said} */
function byStatus(status) {
  return { code: 'link.refused', params: { status: String(status) }, text: `the connection was refused with HTTP ${status}` };
}
