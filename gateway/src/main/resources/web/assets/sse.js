/**
 * A stream of server-sent events that does not end: it comes back by itself, exactly after the last event it gave out.
 *
 * The browser's EventSource cannot send a token, hides the status of a refusal, and waits for ever on a connection that
 * died while the laptop slept. So this reads the same frames through `fetch`.
 */
import { ApiError, call } from './api.js';

/** The server sends something at least every 15 s, so three silent rounds mean that the connection is dead. */
const SILENCE_MS = 45_000;
/** A browser has six connections per server for all its tabs, so a page that nobody sees gives its own back. */
const HIDDEN_MS = 60_000;
const FIRST_DELAY_MS = 250;
const LAST_DELAY_MS = 10_000;
/** Trying again cannot help against these. */
const FINAL = new Set([400, 401, 403, 404, 410]);
/** But a place that the server does not know any more can be left: what was told so far is void then. */
const START_OVER = { type: 'start_over' };

/** Cuts text that comes in any pieces into frames `{id, data}`. */
export class Frames {
  #rest = '';
  #id = '';
  #data = [];

  push(text) {
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop();
    return lines.flatMap((line) => this.#line(line));
  }

  #line(line) {
    if (line === '') {
      const frame = { id: this.#id, data: this.#data.join('\n') };
      const whole = this.#data.length > 0;
      this.#data = [];
      return whole ? [frame] : [];
    }
    const [, name, value] = /^([^:]*):? ?(.*)$/s.exec(line);
    if (name === 'id') this.#id = value;
    if (name === 'data') this.#data.push(value);
    return [];
  }
}

/**
 * Opens `path`. `onEvents` gets the events in order, those of one network read together; `onConnection` gets
 * `{state: 'connecting' | 'live' | 'reconnecting' | 'refused', error?}`. Besides the server's events there is `start_over`: what comes
 * next is told from the beginning. Returns a function that closes the stream.
 */
export function openStream(path, { onEvents, onConnection }) {
  const closing = new AbortController();
  const closed = closing.signal;
  let cursor = '';
  let failures = 0;

  /** Reads one connection to its end; returns how long the server asks to stay away, if it does. */
  async function readConnection(connection) {
    const response = await call(cursor ? `${path}?${new URLSearchParams({ after: cursor })}` : path, {
      headers: { Accept: 'text/event-stream' },
      signal: connection.signal,
    });
    onConnection({ state: 'live' });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    const frames = new Frames();
    for (;;) {
      const { done, value } = await within(SILENCE_MS, reader.read(), connection);
      if (done || closed.aborted) return undefined;
      failures = 0;
      const events = [];
      for (const frame of frames.push(value)) {
        const event = JSON.parse(frame.data);
        cursor = event.id ?? frame.id;
        events.push(event);
      }
      if (events.length > 0) onEvents(events);
      const ended = events.find((event) => event.type === 'unauthenticated');
      if (ended) throw new ApiError(401, { title: `the token was ${ended.reason}`, code: 'unauthenticated' });
      const farewell = events.find((event) => event.type === 'reconnect');
      if (farewell) return farewell.delay_ms;
    }
  }

  async function run() {
    onConnection({ state: 'connecting' });
    while (!closed.aborted) {
      const connection = new AbortController();
      const release = linked(closed, connection);
      let delay;
      try {
        delay = await readConnection(connection);
      } catch (error) {
        if (closed.aborted) return;
        if (cursor && error.code === 'cursor_unknown') {
          cursor = '';
          onEvents([START_OVER]);
        } else if (FINAL.has(error.status)) {
          return onConnection({ state: 'refused', error });
        }
        delay = error.retryAfterMs;
      } finally {
        release();
        connection.abort();
      }
      if (closed.aborted) return;
      onConnection({ state: 'reconnecting' });
      await pause(delay ?? backoff(failures++), closed);
    }
  }

  run();
  return () => closing.abort();
}

function backoff(failures) {
  const limit = Math.min(FIRST_DELAY_MS * 2 ** failures, LAST_DELAY_MS);
  return limit * (0.5 + Math.random() / 2);
}

async function within(milliseconds, promise, connection) {
  const timer = setTimeout(() => connection.abort(), milliseconds);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}

/** Ends `connection` when the stream closes, or when the page has been out of sight for a while. */
function linked(closed, connection) {
  let timer;
  const abort = () => connection.abort();
  const onVisibility = () => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(abort, HIDDEN_MS);
  };
  closed.addEventListener('abort', abort);
  document.addEventListener('visibilitychange', onVisibility);
  return () => {
    clearTimeout(timer);
    closed.removeEventListener('abort', abort);
    document.removeEventListener('visibilitychange', onVisibility);
  };
}

/** Waits, as long as the page is hidden in any case; ends early when the network or the reader comes back. */
function pause(milliseconds, closed) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => document.hidden || end(), milliseconds);
    const onVisibility = () => document.hidden || end();
    const end = () => {
      clearTimeout(timer);
      closed.removeEventListener('abort', end);
      window.removeEventListener('online', end);
      document.removeEventListener('visibilitychange', onVisibility);
      resolve();
    };
    closed.addEventListener('abort', end);
    window.addEventListener('online', end);
    document.addEventListener('visibilitychange', onVisibility);
  });
}
