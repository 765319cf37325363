import { h } from 'preact';
import { useNow } from '../hooks.js';
import { pretty, string, until } from '../text.js';

/** The model asked for tools that its client runs: here the reader is the client and hands in what they gave. */
export function ActionForm({ action, pending, onSubmit }) {
  const now = useNow(Boolean(action.deadline));
  const left = action.deadline && until(action.deadline, now);
  const submit = (event) => {
    event.preventDefault();
    const { elements } = event.currentTarget;
    onSubmit(
      action.calls.map(({ id }) => ({
        call_id: id,
        output: json(elements[`output-${id}`].value),
        is_error: elements[`error-${id}`].checked,
      })),
    );
  };
  return h('form', { class: 'action', onSubmit: submit }, [
    h('h2', {}, ['Results wanted', left && h('span', { class: 'deadline' }, ` within ${left}`)]),
    action.calls.map((call) =>
      h('fieldset', { key: call.id }, [
        h('legend', {}, h('code', {}, string(call.name))),
        h('pre', { class: 'code', tabindex: 0, 'aria-label': 'arguments' }, pretty(call.arguments)),
        h('textarea', {
          name: `output-${call.id}`,
          rows: 2,
          required: true,
          placeholder: 'JSON or plain text',
          'aria-label': `Result of ${string(call.name)}`,
        }),
        h('label', { class: 'check' }, [h('input', { type: 'checkbox', name: `error-${call.id}` }), 'It failed']),
      ]),
    ),
    h('div', { class: 'composer-bar' }, h('button', { class: 'button primary', disabled: pending }, 'Hand in')),
  ]);
}

/** JSON as it is, anything else as a JSON string. */
function json(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
