import { h } from 'preact';
import { deleteQueued, promoteQueued } from '../api.js';
import { textOf } from '../text.js';

/** Messages that wait for their turn, in the order in which they will be taken. */
export function Queue({ id, queue, run }) {
  if (queue.length === 0) return null;
  return h('section', { class: 'queue', 'aria-label': 'Queued messages' }, [
    h('h2', {}, `Queued (${queue.length})`),
    h(
      'ol',
      {},
      queue.map((item) =>
        h('li', { key: item.id }, [
          h('span', { class: 'queued' }, textOf(item.content)),
          item.steer && h('span', { class: 'label' }, 'steers'),
          h('button', { class: 'quiet', onClick: () => run(() => promoteQueued(id, item.id)) }, 'Send now'),
          h('button', { class: 'quiet', onClick: () => run(() => deleteQueued(id, item.id)) }, 'Delete'),
        ]),
      ),
    ),
  ]);
}
