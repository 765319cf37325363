import { h } from 'preact';
import { keepToken } from '../api.js';

/** Asks for the token that the server wants and the page has not, or no longer, got. */
export function TokenForm() {
  return h(
    'form',
    {
      class: 'token',
      onSubmit: (event) => {
        event.preventDefault();
        keepToken(event.currentTarget.elements.token.value.trim());
        location.reload();
      },
    },
    [
      h('h1', {}, 'This server asks for a token'),
      h('label', { for: 'token' }, [
        'Make one with ',
        h('code', {}, './baton token create NAME --role user'),
        ' and paste it here. On the machine of the node there is one in ',
        h('code', {}, 'data/local-token'),
        '.',
      ]),
      h('input', { id: 'token', name: 'token', type: 'password', autocomplete: 'off', required: true }),
      h('button', { class: 'button primary' }, 'Use this token'),
    ],
  );
}
