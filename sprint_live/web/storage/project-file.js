// A project file: the journal with its settings and pictures, as JSON that opens again exactly. What is opened is checked first.

import { Journal } from '../canvas/journal.js';
import { t } from '../i18n/language.js';
import { keepPicture } from './image-store.js';
import { bytesOf, hold, namesIn } from '../canvas/images.js';

const FORMAT = 'sprint-live-project';
const MAX_BYTES = 16 << 20;

// {messages: [Uint8Array], pictures: [name], ...} as the browser keeps it -> text
export function projectText({ messages, pictures, ...rest }) {
  const held = Object.fromEntries(pictures.map((name) => [name, toBase64(bytesOf(name))]));
  return JSON.stringify({ format: FORMAT, version: 1, ...rest, messages: messages.map(toBase64), pictures: held }, null, 1);
}

// Throws an Error whose message is for the person.
export async function readProject(file) {
  if (file.size > MAX_BYTES) throw new Error(t('it is larger than 16 MB'));
  let project;
  try {
    project = JSON.parse(await file.text());
  } catch {
    throw new Error(t('it is not a project file'));
  }
  if (project?.format !== FORMAT || !Array.isArray(project.messages)) throw new Error(t('it is not a project file'));
  if (project.version !== 1) throw new Error(t('it was saved by another version ({version})', project));
  const messages = project.messages.map(fromBase64);
  const names = namesOf(messages);
  for (const name of names) {
    await hold(name, fromBase64(project.pictures?.[name] ?? ''));
    await keepPicture(name, bytesOf(name));
  }
  return { ...project, messages, pictures: names };
}

function namesOf(messages) {
  try {
    return [...namesIn(Journal.fromMessages(messages))];
  } catch (error) {
    console.warn('Sprint Live: a project file is damaged:', error);
    throw new Error(t('it is damaged'));
  }
}

export function toBase64(bytes) {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

function fromBase64(text) {
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch {
    throw new Error(t('it is damaged'));
  }
}
