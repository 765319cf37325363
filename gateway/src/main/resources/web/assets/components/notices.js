import { h } from 'preact';
import { useNow } from '../hooks.js';
import { string, until, words } from '../text.js';

/** Something that was asked for did not work. */
export function Problem({ error, onClose }) {
  if (!error) return null;
  return h('p', { class: 'notice bad', role: 'alert' }, [
    h('span', {}, error.message),
    h('button', { class: 'quiet', onClick: onClose, 'aria-label': 'Dismiss' }, '✕'),
  ]);
}

/** The turn failed and stays failed until someone does something. */
export function ErrorNotice({ error, onAgain, pending }) {
  if (!error) return null;
  return h('div', { class: 'notice bad', role: 'alert' }, [
    h('p', {}, [
      h('strong', {}, words(error.kind)),
      h('span', { class: 'source' }, [string(error.provider), error.status_code].filter(Boolean).join(' ')),
      h('span', {}, string(error.message)),
      h('small', {}, error.retryable ? 'Trying again may help.' : 'Trying again will not help before something is changed.'),
    ]),
    h('button', { class: 'button', disabled: pending, onClick: onAgain }, 'Try again'),
  ]);
}

/** An attempt failed, the next one is planned. */
export function RetryNotice({ retry }) {
  const now = useNow(retry !== null);
  if (!retry) return null;
  const left = until(retry.until, now);
  return h('div', { class: 'notice wait', role: 'status' }, [
    h('p', {}, [
      h('strong', {}, `Attempt ${retry.attempt} failed`),
      h('span', { 'aria-live': 'off' }, left ? `trying again in ${left}` : 'trying again…'),
      retry.error && h('small', {}, `${words(retry.error.kind)}: ${string(retry.error.message)}`),
    ]),
  ]);
}

/** All runners are taken; this chat stands in line. */
export function WaitNotice({ position }) {
  if (position === null) return null;
  return h('p', { class: 'notice wait', role: 'status' }, `Waiting for a free place to run: number ${position} in line.`);
}

/** Another node goes on with the chat, or another life of the same one. */
export function MovedNotice({ moved }) {
  if (!moved) return null;
  return h('p', { class: 'notice', role: 'status' }, [
    address(moved.from) === address(moved.to)
      ? 'The node was started again and goes on with this chat'
      : `Another node goes on with this chat (${words(moved.cause)})`,
    Number.isFinite(moved.pause_ms) && ` after ${moved.pause_ms} ms`,
    '.',
  ]);
}

/** Where a node is, without which of its lives it is. */
function address(node) {
  return node.split('#')[0];
}
