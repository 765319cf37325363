import { h } from 'preact';
import { blocks, inline, pretty, string } from '../text.js';

/** One part of a message. `open`: it is the one that is being written. */
export function Part({ part, results, open = false }) {
  if (part.type === 'text') return h(Words, { text: string(part.text) });
  if (part.type === 'reasoning') return h(Reasoning, { text: string(part.text), open });
  if (part.type === 'tool_call') return h(ToolCall, { call: part, result: results?.get(part.id) });
  return h('pre', { class: 'code' }, pretty(part));
}

/** Paragraphs, with code set apart. */
function Words({ text }) {
  return h(
    'div',
    { class: 'words' },
    blocks(text).map(({ kind, text: body, language }, place) =>
      kind === 'code'
        ? h('pre', { key: place, class: 'code', tabindex: 0, 'aria-label': `${language ?? ''} code` }, h('code', {}, body))
        : h('p', { key: place }, inline(body).map((piece, index) => (index % 2 ? h('code', {}, piece) : piece))),
    ),
  );
}

/** Folded: the answer is what people came for. */
function Reasoning({ text, open }) {
  return h('details', { class: 'reasoning' }, [h('summary', {}, open ? 'Thinking…' : 'Thoughts'), h('p', {}, text)]);
}

function ToolCall({ call, result }) {
  const state = result ? (result.is_error ? 'failed' : 'done') : 'asked';
  return h('details', { class: `tool ${state}` }, [
    h('summary', {}, [h('code', {}, string(call.name)), h('span', { class: 'tool-state' }, state)]),
    h('pre', { class: 'code', tabindex: 0, 'aria-label': 'arguments' }, pretty(call.arguments)),
    result && h('pre', { class: 'code', tabindex: 0, 'aria-label': 'result' }, pretty(result.output)),
  ]);
}
