import { h } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { createChat, listModels } from '../api.js';
import { useAction } from '../hooks.js';
import { chatPath, navigate } from '../router.js';
import { Composer } from './composer.js';
import { Problem } from './notices.js';

/** Where a chat begins: the first message makes it. */
export function Home({ dispatch }) {
  const [models, setModels] = useState([]);
  const [model, setModel] = useState('');
  const { run, pending, error, forget } = useAction();

  useEffect(() => {
    listModels()
      .then((answer) => setModels(answer.models ?? []))
      .catch(() => undefined); // without the list the server's default model is used
  }, []);

  const start = (message) =>
    run(async () => {
      const chat = await createChat({ ...(model && { model }), message });
      dispatch([{ type: 'chat', chat }]);
      navigate(chatPath(chat.id));
    });

  return h('main', { class: 'home' }, [
    h('div', { class: 'welcome' }, [
      h('h1', {}, 'Start a chat'),
      h('p', {}, 'It goes on when this page is closed, and when the machine it runs on is gone. Come back to it from anywhere.'),
    ]),
    h(Problem, { error, onClose: forget }),
    h(Composer, { onSend: start, pending, placeholder: 'Ask anything' }, models.length > 1 && h(ModelChoice, { models, model, setModel })),
  ]);
}

function ModelChoice({ models, model, setModel }) {
  return h('label', { class: 'choice' }, [
    h('span', { class: 'choice-name' }, 'Model'),
    h('select', { value: model, onChange: (event) => setModel(event.currentTarget.value) }, [
      h('option', { value: '' }, 'default'),
      models.map(({ id }) => h('option', { key: id, value: id }, id)),
    ]),
  ]);
}
