// What the server says, in the person's language. It says it in English, for programs too; here each of its sentences stands
// with its holes beside the words of this page. What stands nowhere here (an owner's own check, an error nobody foresaw)
// is shown as it came. tests/web/test_sentences.py holds the left side against the server's code.

import { t } from './language.js';

const AGAIN = 'The engine stopped and is being started again. The drawing is safe; draw on in a moment.';

export const SENTENCES = [
  ['{number} before you, about {seconds} s', '{number} before you, about {seconds} s'],
  ['loading the model', 'Loading the model'],
  ['no model', 'No model'],
  ['checking the words', 'Checking the words'],
  ['waiting for a GPU', 'Waiting for a GPU'],
  ['the engine failed: {why}', 'The engine failed: {why}'],
  ['the engine did not answer; it is being started again, draw on in a moment', AGAIN],
  ["the engine's process ended; it is being started again", AGAIN],
  ["the engine's process ended (exit code {code}); it is being started again, draw on in a moment", AGAIN],
  ['the picture could not be encoded: {why}', 'The picture could not be encoded: {why}'],
  ['the model could not be loaded: {why}', 'The model could not be loaded: {why}'],
  ['the model is not ready; try again in a moment', 'The model is not ready yet: try again in a moment.'],
  ['the model is not ready yet; try again in a moment', 'The model is not ready yet: try again in a moment.'],
  ['the time on the GPU was over; taking it again', 'The time on the GPU was over. It is being asked for again.'],
  ['no GPU could be taken', 'No GPU is free now: try again in a while.'],
  ['no GPU could be taken: {why}', 'No GPU could be taken: {why}'],
  ['memory ran out at {asked} px, so this picture has {has}; choose a smaller size to keep it fast', 'Memory ran out at {asked} px, so this picture has {has}. Choose a smaller size to keep it fast.'],
  ['The check of this prompt took too long, so it is not drawn; try again in a moment.', 'The check of these words took too long, so they are not drawn: try again in a moment.'],
  ['The check of this picture took too long, so it is not shown; try again in a moment.', 'The check of this picture took too long, so it is not shown: try again in a moment.'],
  ['The check of this prompt failed, so it is not drawn; the owner of this server finds the reason in the log.', 'The check of these words failed, so they are not drawn. The owner of this server finds the reason in the log.'],
  ['The check of this picture failed, so it is not shown; the owner of this server finds the reason in the log.', 'The check of this picture failed, so it is not shown. The owner of this server finds the reason in the log.'],
  ['got a pin of a picture that is gone; accepted: the picture on show; fix: draw around it once more', 'That picture is gone by now: draw around it once more.'],
  ['another photo is being traced; try again in a moment', 'Another photo is being traced: try again in a moment.'],
  ['the photo took too long; try a smaller one', 'The photo took too long: try a smaller one.'],
  ['no lines were found in this photo; try another detector', 'No lines were found in it: try another detector.'],
  ['got a file of {bytes} bytes; accepted: at most {most} bytes; fix: send a smaller one', 'It is too large: {bytes} of at most {most} bytes.'],
  ['got {width}x{height} pixels; accepted: at most {pixels} pixels ({most} megapixels) of {format}; fix: scale it down', 'It is too large: {width} × {height} pixels, at most {most} megapixels of {format} are taken.'],
  ['got a moving picture; accepted: one still picture; fix: save one frame of it as PNG', 'It moves: take one frame of it.'],
  ['got something that is not a picture, or none that is readable; accepted: {names}; fix: save it as one of these', 'It cannot be read as PNG, JPEG or WebP.'],
  ['another timelapse is being put together; try again in a moment', 'Another timelapse is being put together: try again in a moment.'],
  ['the frames took too long to arrive; make it shorter', 'The frames took too long to arrive: make it shorter.'],
  ['A picture arrived damaged; the next one replaces it.', 'A picture arrived damaged; the next one replaces it.'],
  ['The server sent something this page does not understand: {why}', 'The server sent something this page does not understand: {why}'],
];

const FORMS = SENTENCES.map(([english, shown]) => ({ form: formOf(english), shown }));

export function inWords(english) {
  for (const { form, shown } of FORMS) {
    const found = form.exec(english);
    if (found) return t(shown, found.groups);
  }
  return english;
}

// '{number} before you' -> /^(?<number>.+) before you$/s
function formOf(english) {
  const parts = english.split(/\{(\w+)\}/).map((part, i) => (i % 2 ? `(?<${part}>.+?)` : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  return new RegExp(`^${parts.join('')}$`, 's');
}
