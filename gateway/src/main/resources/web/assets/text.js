/** Text as it is kept, and as it is shown. All of it ends up in text nodes, never in markup. */

/** The words of a message's content, which is a string or a list of parts. */
export function textOf(content) {
  if (typeof content === 'string') return content;
  return (content ?? []).flatMap((part) => (part.type === 'text' ? [string(part.text)] : [])).join('');
}

/** Anything as text. What comes from a server goes through here, so that an object can never pose as an element. */
export function string(value) {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

/** JSON text laid out for reading, other text as it is. */
export function pretty(value) {
  try {
    return JSON.stringify(typeof value === 'string' ? JSON.parse(value) : value, null, 2);
  } catch {
    return string(value);
  }
}

const FENCE = /^ {0,3}(`{3,}|~{3,})[ \t]*([^\s`]*)[^`\n]*$/;

/**
 * Cuts text at its code fences: `{kind: 'words' | 'code', text, language?}`. A fence that is still open reaches to the end, as it
 * does while an answer is being written.
 */
export function blocks(text) {
  const found = [];
  let lines = [];
  let fence = null;
  const close = (kind, language) => {
    const body = lines.join('\n');
    if (kind === 'code' || body.trim()) found.push({ kind, text: kind === 'code' ? body : body.trim(), language });
    lines = [];
  };
  for (const line of text.split('\n')) {
    const match = FENCE.exec(line);
    if (!fence && match) {
      close('words');
      fence = { mark: match[1], language: match[2] };
    } else if (fence && match && match[1].startsWith(fence.mark) && !match[2]) {
      close('code', fence.language);
      fence = null;
    } else {
      lines.push(line);
    }
  }
  close(fence ? 'code' : 'words', fence?.language);
  return found;
}

/** Cuts words at `code` in backticks: pieces at odd places are code. */
export const inline = (words) => words.split(/`([^`\n]+)`/);

/** "in 5 s", "in 2 min": how long until `instant`, or nothing when it has passed. */
export function until(instant, now) {
  const seconds = Math.ceil((Date.parse(instant) - now) / 1000);
  if (!(seconds > 0)) return '';
  return seconds < 100 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

/** `RATE_LIMIT` and `rate_limit` as "rate limit". */
export const words = (name) => string(name).toLowerCase().replaceAll('_', ' ');
