/** What a chat's stream has said so far, as a value. `reduce` is pure: nothing here knows of pages or networks. */

/**
 * `preview` is the step that is being written: `{historyVersion, attempt, seq, role, parts}`. Its text is shown, but it is not a
 * message before a `message` event brings it.
 */
export const EMPTY = Object.freeze({
  messages: [],
  preview: null,
  status: null,
  queuePosition: null,
  queue: [],
  action: null,
  retry: null,
  error: null,
  moved: null,
});

const HANDLERS = {
  message: (state, { message }) => withMessage(state, message),
  message_part: withPart,
  status: withStatus,
  queue_update: (state, event) => ({ ...state, queue: event.queued_messages }),
  action_required: (state, event) => ({ ...state, action: { calls: event.tool_calls, deadline: event.deadline } }),
  retry: (state, { attempt, until, error }) => ({ ...state, retry: { attempt, until, error } }),
  error: (state, { error }) => ({ ...state, error }),
  preview_reset: (state) => ({ ...state, preview: null, retry: null }),
  history_reset: (state) => ({ ...state, messages: [], preview: null }),
  start_over: () => EMPTY,
  moved: (state, event) => ({ ...state, moved: event }),
};

/** The state after `event`. An event of a kind that is not known yet changes nothing. */
export function reduce(state, event) {
  const handler = Object.hasOwn(HANDLERS, event.type) ? HANDLERS[event.type] : undefined;
  return handler ? handler(state, event) : state;
}

function withMessage(state, message) {
  const known = state.messages.findIndex(({ id }) => id === message.id);
  if (known >= 0) {
    if (message.version < state.messages[known].version) return state;
    return { ...state, messages: state.messages.with(known, message) };
  }
  const messages = [...state.messages, message];
  if (message.role === 'user') return { ...state, messages, moved: null };
  return { ...state, messages, preview: finished(state.preview), retry: null };
}

/** What was shown of a step that is now a message: nothing is left of it, and late parts of it stay out. */
function finished(preview) {
  return preview && { ...preview, seq: Infinity, parts: [] };
}

function withPart(state, { history_version: historyVersion, attempt, seq, role, part }) {
  const order = state.preview ? compare({ historyVersion, attempt }, state.preview) : 1;
  if (order < 0 || (order === 0 && seq <= state.preview.seq)) return state;
  const before = order === 0 ? state.preview.parts : [];
  return { ...state, retry: null, preview: { historyVersion, attempt, seq, role, parts: append(before, part) } };
}

function compare(left, right) {
  return left.historyVersion - right.historyVersion || left.attempt - right.attempt;
}

/** Pieces of text, and of reasoning, grow together; all other parts stand alone. */
function append(parts, part) {
  const last = parts.at(-1);
  const grows = last?.type === part.type && (part.type === 'text' || part.type === 'reasoning');
  return grows ? parts.with(-1, { ...last, text: last.text + part.text }) : [...parts, part];
}

/** Leaving a status takes along what only that status can have. */
function withStatus(state, { status, queue_position: queuePosition }) {
  return {
    ...state,
    status,
    queuePosition: queuePosition ?? null,
    action: status === 'requires_action' ? state.action : null,
    retry: status === 'running' ? state.retry : null,
    error: status === 'error' ? state.error : null,
    moved: status === 'waiting' ? null : state.moved,
  };
}

export const isBusy = (status) => status === 'running' || status === 'interrupting' || status === 'requires_action';
