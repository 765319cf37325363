/** The whole page: the list beside one chat, or beside the place where a chat begins. */
import { h, render } from 'preact';
import { useEffect } from 'preact/hooks';
import { adoptTokenFromAddress, readChat, watchPath } from './api.js';
import { useStream } from './hooks.js';
import { NOTHING, reduceList } from './list-state.js';
import { useChatId } from './router.js';
import { ChatList } from './components/chat-list.js';
import { ChatView } from './components/chat-view.js';
import { Home } from './components/home.js';
import { TokenForm } from './components/token-form.js';

function App() {
  const id = useChatId();
  const [list, connection, dispatch] = useStream(watchPath, reduceList, NOTHING);
  const row = list.rows[id];

  useEffect(() => {
    if (!id || row) return;
    readChat(id)
      .then((chat) => dispatch([{ type: 'chat', chat }]))
      .catch(() => undefined); // the chat's own stream says what is wrong with it
  }, [id, row === undefined]);
  useEffect(() => {
    document.title = row?.title ? `${row.title} · Baton` : 'Baton';
  }, [row?.title]);

  if (connection.error?.status === 401) return h(TokenForm);
  return h('div', { class: id ? 'app at-chat' : 'app at-home' }, [
    h('a', { class: 'skip', href: '#message' }, 'Skip to the message box'),
    h(ChatList, { list, connection, dispatch, openId: id }),
    id ? h(ChatView, { key: id, id, row, dispatch }) : h(Home, { dispatch }),
  ]);
}

adoptTokenFromAddress();
render(h(App), document.body);
