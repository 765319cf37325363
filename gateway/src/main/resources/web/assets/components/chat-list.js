import { h } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { listChats } from '../api.js';
import { useSettled } from '../hooks.js';
import { shown } from '../list-state.js';
import { follow } from '../router.js';
import { ChatRow } from './chat-row.js';
import { Connection } from './connection.js';
import { Problem } from './notices.js';

/** All chats of the caller, live: what the server lists for the filter, and what the watch stream brings since. */
export function ChatList({ list, connection, dispatch, openId }) {
  const [q, setQ] = useState('');
  const [label, setLabel] = useState('');
  const [archived, setArchived] = useState(false);
  const [error, setError] = useState(null);
  const wanted = q.trim();
  const asked = useSettled(wanted, 200);
  const live = connection.state === 'live';

  async function load(cursor, signal) {
    try {
      const page = await listChats({ q: asked, label, archived }, cursor, signal);
      if (signal?.aborted) return;
      dispatch([{ type: 'listed', ...page, more: Boolean(cursor) }]);
      setError(null);
    } catch (failure) {
      if (!signal?.aborted) setError(failure);
    }
  }
  useEffect(() => {
    const outdated = new AbortController();
    load(undefined, outdated.signal);
    return () => outdated.abort();
  }, [asked, label, archived, live]);

  const rows = shown(list, { q: wanted, label, archived });
  return h('nav', { class: 'sidebar', 'aria-label': 'Chats' }, [
    h('header', { class: 'sidebar-head' }, [
      h('a', { class: 'brand', href: '/', onClick: follow }, [h('img', { src: '/assets/icon.svg', alt: '' }), 'Baton']),
      h(Connection, { connection }),
      h('a', { class: 'button primary', href: '/', onClick: follow, 'aria-label': 'New chat' }, '+ New'),
    ]),
    h('div', { class: 'filters', role: 'search' }, [
      h('input', {
        type: 'search',
        value: q,
        placeholder: 'Search chats',
        'aria-label': 'Search chats',
        onInput: (event) => setQ(event.currentTarget.value),
      }),
      h('label', { class: 'check' }, [
        h('input', {
          type: 'checkbox',
          checked: archived,
          onChange: (event) => setArchived(event.currentTarget.checked),
        }),
        'Archived',
      ]),
      label && h('button', { class: 'label', onClick: () => setLabel(''), 'aria-label': `Stop showing only ${label}` }, `${label} ✕`),
    ]),
    h(Problem, { error, onClose: () => setError(null) }),
    h('ul', { class: 'rows' }, [
      rows.map((row) => h(ChatRow, { key: row.id, row, open: row.id === openId, onLabel: setLabel })),
      rows.length === 0 && h('li', { class: 'none' }, wanted || label ? 'Nothing fits.' : archived ? 'Nothing is archived.' : 'No chats yet.'),
      list.next && h('li', {}, h('button', { class: 'more', onClick: () => load(list.next) }, 'Show more')),
    ]),
  ]);
}
