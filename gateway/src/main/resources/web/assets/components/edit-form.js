import { h } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Changes a message that was sent: what came after it goes, and the chat answers anew. Escape leaves it as it was. */
export function EditForm({ text, onSave, onClose }) {
  const [draft, setDraft] = useState(text);
  const box = useRef(null);
  // Before anything else can happen to the field: later it would move the caret of who types already.
  useLayoutEffect(() => {
    box.current.focus();
    box.current.setSelectionRange(text.length, text.length);
  }, []);

  async function save() {
    if (draft.trim() && (await onSave(draft.trim()))) onClose();
  }

  return h(
    'form',
    {
      class: 'edit',
      onSubmit: (event) => {
        event.preventDefault();
        save();
      },
    },
    [
      h('textarea', {
        ref: box,
        value: draft,
        rows: 2,
        'aria-label': 'Edit message',
        onInput: (event) => setDraft(event.currentTarget.value),
        onKeyDown: (event) => {
          if (event.key === 'Escape') onClose();
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          save();
        },
      }),
      h('div', { class: 'composer-bar' }, [
        h('span', { class: 'hint' }, 'What came after it is dropped.'),
        h('button', { type: 'button', class: 'button', onClick: onClose }, 'Cancel'),
        h('button', { class: 'button primary', disabled: !draft.trim() }, 'Send again'),
      ]),
    ],
  );
}
