import { h } from 'preact';
import { useState } from 'preact/hooks';
import { textOf } from '../text.js';
import { EditForm } from './edit-form.js';
import { Part } from './parts.js';

const WHO = { user: 'You', assistant: 'Assistant', system: 'System' };

/** A committed message. `onEdit(id, text)`, where it may be edited, answers whether it worked. */
export function Message({ message, results, onEdit }) {
  const [editing, setEditing] = useState(false);
  const mine = message.role === 'user';
  if (editing) {
    return h(
      'li',
      { class: 'message user editing' },
      h(EditForm, {
        text: textOf(message.content),
        onSave: (text) => onEdit(message.id, text),
        onClose: () => setEditing(false),
      }),
    );
  }
  return h('li', { class: `message ${WHO[message.role] ? message.role : 'system'}`, 'data-id': message.id }, [
    h('span', { class: 'unseen' }, `${WHO[message.role] ?? message.role}: `),
    content(message).map((part, place) => h(Part, { key: place, part, results })),
    h('footer', { class: 'meta' }, [
      message.interrupted && h('span', { class: 'interrupted' }, 'interrupted'),
      message.usage && h('span', { title: 'tokens in and out' }, `${message.usage.input_tokens} in · ${message.usage.output_tokens} out`),
      h('time', { datetime: message.created_at }, time(message.created_at)),
      mine && onEdit && h('button', { class: 'quiet', onClick: () => setEditing(true) }, 'Edit'),
    ]),
  ]);
}

const content = (message) => (typeof message.content === 'string' ? [{ type: 'text', text: message.content }] : message.content);

function time(instant) {
  const date = new Date(instant);
  return Number.isNaN(date.valueOf()) ? '' : date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}
