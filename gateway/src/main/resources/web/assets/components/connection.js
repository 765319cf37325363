import { h } from 'preact';

const WORDS = { connecting: 'connecting', live: 'live', reconnecting: 'reconnecting', refused: 'not connected' };

/** Whether what is shown is what is so now. */
export function Connection({ connection }) {
  return h('span', { class: `connection ${connection.state}`, role: 'status' }, WORDS[connection.state]);
}
