/** The HTTP API as functions. Every failure is an `ApiError` that says what the server said. */

const TOKEN_KEY = 'baton.token';

/** What the server refused, or that it could not be reached (`status` 0). Fields are those of RFC 9457. */
export class ApiError extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || `the server answered ${status}`);
    this.status = status;
    this.code = problem.code;
    this.retryAfterMs = problem.retryAfterMs;
  }
}

/** Takes a token out of `#token=...`, so that it stays neither in the address bar nor in the history. */
export function adoptTokenFromAddress() {
  const match = /(?:^#|&)token=([^&]+)/.exec(location.hash);
  if (match) {
    keepToken(decodeURIComponent(match[1]));
    history.replaceState(history.state, '', location.pathname + location.search);
  }
}

export function keepToken(token) {
  localStorage.setItem(TOKEN_KEY, token);
}

/** `fetch` with the token, where there is one; throws `ApiError` unless the answer is a success. */
export async function call(path, options = {}) {
  const token = localStorage.getItem(TOKEN_KEY);
  const headers = { ...options.headers, ...(token && { Authorization: `Bearer ${token}` }) };
  let response;
  try {
    response = await fetch(path, { cache: 'no-store', ...options, headers });
  } catch (failure) {
    if (options.signal?.aborted) throw failure;
    throw new ApiError(0, { title: 'the server cannot be reached' });
  }
  if (!response.ok) throw await refusal(response);
  return response;
}

async function refusal(response) {
  const problem = await response.json().catch(() => ({ title: response.statusText }));
  const seconds = Number(response.headers.get('Retry-After'));
  return new ApiError(response.status, { ...problem, retryAfterMs: seconds > 0 ? seconds * 1000 : undefined });
}

async function json(method, path, body, signal) {
  const response = await call(path, {
    method,
    signal,
    headers: { Accept: 'application/json', ...(body && { 'Content-Type': 'application/json' }) },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  return text ? JSON.parse(text) : {};
}

const chat = (id) => `/api/v1/chats/${encodeURIComponent(id)}`;
const queued = (id, queueId) => `${chat(id)}/queue/${encodeURIComponent(queueId)}`;

function query(parameters) {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '');
  return new URLSearchParams(given).toString();
}

export const watchPath = '/api/v1/watch';
export const streamPath = (id) => `${chat(id)}/stream`;

/** `filter`: `{q, label, archived}`; `cursor` is the `next_cursor` of the page before. */
export const listChats = (filter, cursor, signal) =>
  json('GET', `/api/v1/chats?${query({ ...filter, cursor, limit: 50 })}`, undefined, signal);
export const listModels = () => json('GET', '/api/v1/models');
export const readChat = (id) => json('GET', chat(id));
export const createChat = (body) => json('POST', '/api/v1/chats', body);
export const changeChat = (id, changes) => json('PATCH', chat(id), changes);
export const sendMessage = (id, message) => json('POST', `${chat(id)}/messages`, message);
export const editMessage = (id, messageId, content) =>
  json('PATCH', `${chat(id)}/messages/${encodeURIComponent(messageId)}`, { content });
export const interrupt = (id) => json('POST', `${chat(id)}/interrupt`);
export const handInResults = (id, results) => json('POST', `${chat(id)}/tool-results`, { results });
export const deleteQueued = (id, queueId) => json('DELETE', queued(id, queueId));
export const promoteQueued = (id, queueId) => json('POST', `${queued(id, queueId)}/promote`);
