/** The chats this page has heard of, as a value; which of them a list shows is a question to it, not a part of it. */

/**
 * `rows` by id; `removed`: ids that are gone, so that a list asked for earlier cannot bring them back; `found`: ids that the server
 * found for the text searched last; `next`: the cursor of the next page.
 */
export const NOTHING = Object.freeze({ rows: {}, removed: new Set(), found: new Set(), next: null });

const HANDLERS = {
  chat: (state, { chat }) => ({ ...state, rows: withRow(state.rows, chat), removed: without(state.removed, chat.id) }),
  chat_removed: (state, { chat_id: id }) => {
    const { [id]: gone, ...rows } = state.rows;
    return { ...state, rows, removed: new Set([...state.removed, id]) };
  },
  /** A page of the list that was asked for; `more` says that it follows the pages before it. */
  listed: (state, { chats, next_cursor: next, more }) => ({
    ...state,
    rows: chats.filter(({ id }) => !state.removed.has(id)).reduce(withRow, state.rows),
    found: new Set([...(more ? state.found : []), ...chats.map(({ id }) => id)]),
    next: next ?? null,
  }),
};

export function reduceList(state, event) {
  const handler = Object.hasOwn(HANDLERS, event.type) ? HANDLERS[event.type] : undefined;
  return handler ? handler(state, event) : state;
}

function without(ids, id) {
  return ids.has(id) ? new Set([...ids].filter((other) => other !== id)) : ids;
}

function withRow(rows, row) {
  const known = rows[row.id];
  return known && known.version > row.version ? rows : { ...rows, [row.id]: row };
}

/** The rows for `{q, label, archived}`: pinned ones first, then the one that changed last. */
export function shown(state, filter) {
  return Object.values(state.rows)
    .filter((row) => matches(row, filter, state.found))
    .sort((a, b) => Number(b.pinned ?? false) - Number(a.pinned ?? false) || compare(b.updated_at, a.updated_at));
}

/** The server also searches messages, which are not here: what it found counts, and so does a title that fits. */
function matches(row, { q, label, archived }, found) {
  if (Boolean(row.archived) !== archived) return false;
  if (label && !labels(row).includes(label)) return false;
  return !q || found.has(row.id) || (row.title ?? '').toLowerCase().includes(q.toLowerCase());
}

/** A row's labels in the form in which the API takes them as a filter. */
export const labels = (row) => Object.entries(row.labels ?? {}).map(([key, value]) => `${key}:${value}`);

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
