import { h } from 'preact';
import { changeChat, editMessage, handInResults, interrupt, sendMessage, streamPath } from '../api.js';
import { EMPTY, isBusy, reduce } from '../chat-state.js';
import { useAction, useRemembered, useStream } from '../hooks.js';
import { textOf } from '../text.js';
import { ActionForm } from './action-form.js';
import { ChatHeader } from './chat-header.js';
import { Composer } from './composer.js';
import { Messages } from './messages.js';
import { ErrorNotice, MovedNotice, Problem, RetryNotice, WaitNotice } from './notices.js';
import { Queue } from './queue.js';

/** One chat, live. What it shows comes from its stream alone; what people do goes to the API and comes back that way. */
export function ChatView({ id, row, dispatch }) {
  const [chat, connection] = useStream(streamPath(id), reduce, EMPTY);
  const { run, pending, error, forget } = useAction();
  const [busy, setBusy] = useRemembered('baton.busy', 'queue');
  const status = chat.status ?? row?.status;
  const archived = Boolean(row?.archived);

  const send = (message) => run(() => sendMessage(id, { ...message, busy }));
  const edit = (messageId, content) => run(() => editMessage(id, messageId, content));
  const change = (changes) => run(async () => dispatch([{ type: 'chat', chat: await changeChat(id, changes) }]));
  const again = () => {
    const last = chat.messages.findLast(({ role }) => role === 'user');
    return last && edit(last.id, textOf(last.content));
  };

  if (connection.state === 'refused') return h(Gone, { error: connection.error });
  return h('main', { class: 'chat' }, [
    h(ChatHeader, { row, status, connection, onChange: change }),
    h(Messages, { chat, status, onEdit: archived ? undefined : edit }),
    h('footer', { class: 'foot' }, [
      h(MovedNotice, { moved: chat.moved }),
      h(WaitNotice, { position: chat.queuePosition }),
      h(RetryNotice, { retry: chat.retry }),
      h(ErrorNotice, { error: chat.error, onAgain: again, pending }),
      chat.action && h(ActionForm, { action: chat.action, pending, onSubmit: (results) => run(() => handInResults(id, results)) }),
      h(Queue, { id, queue: chat.queue, run }),
      h(Problem, { error, onClose: forget }),
      archived
        ? h(ArchivedNote, { onUnarchive: () => change({ archived: false }) })
        : h(Composer, { onSend: send, pending, placeholder: 'Reply' }, [
            isBusy(status) && h(BusyChoice, { busy, setBusy }),
            isBusy(status) && h(StopButton, { status, onStop: () => run(() => interrupt(id)) }),
          ]),
    ]),
  ]);
}

const BUSY = { queue: 'queue it', interrupt: 'interrupt the answer', steer: 'steer the answer' };

/** What a message does that is sent while the chat is busy. */
function BusyChoice({ busy, setBusy }) {
  return h('label', { class: 'choice' }, [
    h('span', { class: 'choice-name' }, 'While busy'),
    h(
      'select',
      { value: busy, onChange: (event) => setBusy(event.currentTarget.value) },
      Object.entries(BUSY).map(([value, label]) => h('option', { key: value, value }, label)),
    ),
  ]);
}

function StopButton({ status, onStop }) {
  const stopping = status === 'interrupting';
  return h('button', { type: 'button', class: 'button stop', disabled: stopping, onClick: onStop }, stopping ? 'Stopping…' : 'Stop');
}

function ArchivedNote({ onUnarchive }) {
  return h('p', { class: 'notice' }, ['This chat is archived. ', h('button', { class: 'button', onClick: onUnarchive }, 'Unarchive')]);
}

function Gone({ error }) {
  const text = error.status === 404 ? 'There is no such chat, or it is not yours.' : error.message;
  return h('main', { class: 'home' }, h('div', { class: 'welcome' }, [h('h1', {}, 'Not here'), h('p', { role: 'alert' }, text)]));
}
