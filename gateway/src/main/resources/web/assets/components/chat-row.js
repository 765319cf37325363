import { h } from 'preact';
import { labels } from '../list-state.js';
import { chatPath, follow } from '../router.js';
import { string, words } from '../text.js';

/** One chat in the list: what it is called, what it does, how much waits in its queue. */
export function ChatRow({ row, open, onLabel }) {
  return h('li', { class: open ? 'row open' : 'row' }, [
    h('a', { href: chatPath(row.id), onClick: follow, 'aria-current': open ? 'page' : undefined }, [
      h(StatusDot, { status: row.status }),
      h('span', { class: 'row-title' }, string(row.title) || 'Untitled chat'),
      row.queued_messages > 0 && h('span', { class: 'count', title: `${row.queued_messages} queued` }, `+${row.queued_messages}`),
      h('span', { class: 'row-more' }, [
        row.pinned && 'pinned · ',
        row.status !== 'waiting' && `${words(row.status)} · `,
        h('time', { datetime: row.updated_at }, day(row.updated_at)),
      ]),
    ]),
    labels(row).length > 0 &&
      h(
        'div',
        { class: 'labels' },
        labels(row).map((label) =>
          h('button', { key: label, class: 'label', title: `Show only ${label}`, onClick: () => onLabel(label) }, label),
        ),
      ),
  ]);
}

/** A colour for those who see it, the word for everyone else. */
export function StatusDot({ status }) {
  return h('span', { class: `dot ${string(status)}`, title: words(status) }, h('span', { class: 'unseen' }, words(status)));
}

/** The time for today, else the date. */
function day(instant) {
  const date = new Date(instant);
  if (Number.isNaN(date.valueOf())) return '';
  return date.toDateString() === new Date().toDateString()
    ? date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
    : date.toLocaleDateString([], { day: 'numeric', month: 'short' });
}
