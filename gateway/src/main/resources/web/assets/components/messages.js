import { h } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Message } from './message.js';
import { Part } from './parts.js';

/** How near to the end still counts as reading the newest words. */
const NEAR = 64;

/**
 * The conversation and the step that is being written below it. It is a log to a screen reader, marked busy while words stream in, so
 * that an answer is read out once, when it is whole.
 */
export function Messages({ chat, status, onEdit }) {
  const scroller = useRef(null);
  const [atEnd, setAtEnd] = useState(true);
  const follows = useRef(true);
  const toEnd = () => scroller.current.scrollTo({ top: scroller.current.scrollHeight });
  useLayoutEffect(() => {
    if (follows.current) toEnd();
  });

  const onScroll = ({ currentTarget: box }) => {
    follows.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
    setAtEnd(follows.current);
  };
  const edit = useRef(onEdit);
  edit.current = onEdit;
  const editable = Boolean(onEdit);
  // The same elements as long as no message changed: a streamed word must not cost a walk over the whole history.
  const committed = useMemo(() => {
    const results = resultsByCall(chat.messages);
    return chat.messages
      .filter(({ role }) => role !== 'tool')
      .map((message) =>
        h(Message, { key: message.id, message, results, onEdit: editable && ((...change) => edit.current(...change)) }),
      );
  }, [chat.messages, editable]);
  const writing = chat.preview?.parts ?? [];

  return h('div', { class: 'scroll-area' }, [
    h('div', { class: 'scroller', ref: scroller, onScroll, tabindex: 0, role: 'region', 'aria-label': 'Conversation' }, [
      h('div', { role: 'log', 'aria-live': 'polite', 'aria-busy': String(writing.length > 0) }, [
        h('ol', { class: 'messages' }, [
          committed,
          writing.length > 0 && h(Preview, { key: 'preview', parts: writing }),
          writing.length === 0 && status === 'running' && h(Thinking, { key: 'thinking' }),
        ]),
      ]),
    ]),
    !atEnd && h('button', { class: 'newest', onClick: toEnd }, 'Newest ↓'),
  ]);
}

function Thinking() {
  return h('li', { class: 'message assistant thinking' }, h('span', { class: 'unseen' }, 'working'));
}

function Preview({ parts }) {
  const results = new Map(parts.filter(isResult).map((part) => [part.call_id, part]));
  return h('li', { class: 'message assistant preview' }, [
    parts.map((part, place) => !isResult(part) && h(Part, { key: place, part, results, open: place === parts.length - 1 })),
  ]);
}

const isResult = (part) => part.type === 'tool_result';

function resultsByCall(messages) {
  const parts = messages.flatMap(({ role, content }) => (role === 'tool' ? content : []));
  return new Map(parts.filter(isResult).map((part) => [part.call_id, part]));
}
