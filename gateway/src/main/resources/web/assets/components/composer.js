import { h } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/**
 * The box a message is written in: Enter sends, Shift+Enter makes a new line. `onSend` answers whether it worked; until it did, the
 * text stays and keeps its id, so that sending again cannot send twice. What is typed meanwhile stays too.
 */
export function Composer({ onSend, pending, placeholder, children }) {
  const [text, setText] = useState('');
  const box = useRef(null);
  const id = useRef(null);

  useEffect(() => {
    if (matchMedia('(hover: hover)').matches) box.current.focus();
  }, []);

  async function send() {
    const content = text.trim();
    if (!content || pending) return;
    id.current ??= newId();
    if (await onSend({ content, client_message_id: id.current })) {
      id.current = null;
      setText((now) => (now === text ? '' : now));
    }
  }

  return h(
    'form',
    {
      class: 'composer',
      onSubmit: (event) => {
        event.preventDefault();
        send();
      },
    },
    [
      h('textarea', {
        id: 'message',
        ref: box,
        rows: 1,
        value: text,
        placeholder,
        'aria-label': 'Message',
        enterkeyhint: 'send',
        onInput: (event) => {
          id.current = null;
          setText(event.currentTarget.value);
        },
        onKeyDown: (event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          send();
        },
      }),
      h('div', { class: 'composer-bar' }, [
        children,
        h('button', { class: 'button primary', disabled: pending || !text.trim() }, pending ? 'Sending…' : 'Send'),
      ]),
    ],
  );
}

/** `crypto.randomUUID` is missing where the page is not served from a secure origin. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
