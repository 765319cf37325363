// A page with a chat, as useChat keeps it, without the page.
import { AbstractChat, DefaultChatTransport } from "ai";

/** What a page keeps of its chat. */
class State {
  status = "ready";
  error = undefined;

  constructor(messages) {
    this.messages = messages;
  }

  pushMessage = (message) => {
    this.messages = [...this.messages, message];
  };
  popMessage = () => {
    this.messages = this.messages.slice(0, -1);
  };
  replaceMessage = (index, message) => {
    this.messages = [...this.messages.slice(0, index), this.snapshot(message), ...this.messages.slice(index + 1)];
  };
  snapshot = (value) => structuredClone(value);
}

class Chat extends AbstractChat {}

export class Page {
  calls = [];

  constructor(id, body = {}, messages = [], url = process.env.BATON_URL) {
    this.chat = new Chat({
      id,
      state: new State(messages),
      transport: new DefaultChatTransport({
        api: `${url}/api/chat`,
        headers: { Authorization: `Bearer ${process.env.BATON_TOKEN}` },
        body,
      }),
      onToolCall: ({ toolCall }) => {
        this.calls.push(toolCall);
      },
    });
  }

  text() {
    return parts(this.chat.lastMessage, "text")
      .map((part) => part.text)
      .join("");
  }

  words() {
    return this.text().trim().split(/\s+/);
  }

  /** Returns when the answer has so many words. */
  async says(count) {
    while (this.chat.lastMessage?.role !== "assistant" || this.words().length < count) {
      await new Promise((next) => setTimeout(next, 5));
    }
  }
}

export function parts(message, type) {
  return message.parts.filter((part) => part.type === type);
}
