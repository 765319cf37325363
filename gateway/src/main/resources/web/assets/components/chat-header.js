import { h } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { labels } from '../list-state.js';
import { follow } from '../router.js';
import { string, words } from '../text.js';
import { StatusDot } from './chat-row.js';
import { Connection } from './connection.js';

/** A chat's name, which can be changed in place, its state, and what can be done with it as a whole. */
export function ChatHeader({ row, status, connection, onChange }) {
  const [renaming, setRenaming] = useState(false);
  return h('header', { class: 'chat-head' }, [
    h('a', { class: 'back', href: '/', onClick: follow, 'aria-label': 'All chats' }, '‹'),
    renaming
      ? h(Rename, {
          title: string(row?.title),
          onDone: (title) => {
            setRenaming(false);
            if (title && title !== row?.title) onChange({ title });
          },
        })
      : h(
          'h1',
          {},
          h(
            'button',
            { class: 'title', title: 'Rename', disabled: !row, onClick: () => setRenaming(true) },
            string(row?.title) || 'Untitled chat',
          ),
        ),
    h('p', { class: 'facts' }, [
      status &&
        h('span', { class: 'status', role: 'status' }, [
          h(StatusDot, { status }),
          h('span', { 'aria-hidden': 'true' }, words(status)),
        ]),
      row?.model && h('span', { class: 'model' }, string(row.model)),
      row && labels(row).map((label) => h('span', { key: label, class: 'label' }, label)),
      h(Connection, { connection }),
    ]),
    row &&
      h('div', { class: 'chat-actions' }, [
        h('button', { class: 'button', onClick: () => onChange({ pinned: !row.pinned }) }, row.pinned ? 'Unpin' : 'Pin'),
        h('button', { class: 'button', onClick: () => onChange({ archived: !row.archived }) }, row.archived ? 'Unarchive' : 'Archive'),
      ]),
  ]);
}

/** Enter or leaving the field keeps the new name, Escape the old one. */
function Rename({ title, onDone }) {
  const field = useRef(null);
  const left = useRef(false);
  useEffect(() => field.current.select(), []);
  const done = (value) => {
    if (left.current) return;
    left.current = true;
    onDone(value);
  };
  return h('input', {
    class: 'rename',
    ref: field,
    defaultValue: title,
    maxLength: 200,
    'aria-label': 'Title',
    onBlur: (event) => done(event.currentTarget.value.trim()),
    onKeyDown: (event) => {
      if (event.key === 'Escape') done('');
      if (event.key === 'Enter' && !event.isComposing) done(event.currentTarget.value.trim());
    },
  });
}
