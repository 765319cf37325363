// What the AI SDK's own chat does with a node: the class behind useChat, with its own transport. Prints "passed" or ends
// with an error.
import assert from "node:assert/strict";
import { Page, parts } from "./page.mjs";

const name = `a chat ${process.pid}`;

// A message, streamed; asked for anew; changed.
const page = new Page(name);
await page.chat.sendMessage({ text: "hello words=12 rate=0" });
assert.equal(page.chat.status, "ready");
assert.equal(page.words().length, 12);
const answer = page.text();
assert.equal(page.chat.lastMessage.metadata.finishReason, "stop");
assert.equal(page.chat.lastMessage.metadata.usage.output_tokens, 12);
await page.chat.regenerate();
assert.equal(page.text(), answer);
assert.equal(page.chat.messages.length, 2);
await page.chat.sendMessage({ text: "other words=3 rate=0", messageId: page.chat.messages[0].id });
assert.equal(page.words().length, 3);

// A tool that the page runs.
const asking = new Page(`${name} with tools`, { tools: { weather: { description: "the sky", parameters: { type: "object" } } } });
await asking.chat.sendMessage({ text: "tool=weather words=5 rate=0" });
assert.equal(asking.calls.length, 1);
const [call] = parts(asking.chat.lastMessage, "tool-weather");
assert.equal(call.state, "input-available");
await asking.chat.addToolResult({ tool: "weather", toolCallId: call.toolCallId, output: "rain" });
await asking.chat.sendMessage();
assert.equal(asking.words().length, 5);
assert.equal(asking.chat.messages.length, 2);
assert.equal(parts(asking.chat.lastMessage, "tool-weather")[0].state, "output-available");

// A reload in the middle of an answer: the page that was is gone, the new one knows what the user said.
const before = new Page(`${name} that reloads`);
const gone = before.chat.sendMessage({ text: "hello words=60 rate=60" });
await before.says(5);
await before.chat.stop();
await gone;
const after = new Page(`${name} that reloads`, {}, before.chat.messages.slice(0, 1));
await after.chat.resumeStream();
assert.equal(after.words().length, 60);
assert.equal(after.chat.messages.length, 2);
const late = new Page(`${name} that reloads`, {}, after.chat.messages);
await late.chat.resumeStream();
assert.deepEqual(late.chat.messages, after.chat.messages);

// What the model and the node refuse.
const failing = new Page(`${name} that fails`);
await failing.chat.sendMessage({ text: "fail=401" });
assert.equal(failing.chat.status, "error");
assert.match(failing.chat.error.message, /^auth/);
const unknown = new Page(`${name} of nobody`, { model: "nobody" });
await unknown.chat.sendMessage({ text: "hello" });
assert.match(unknown.chat.error.message, /nobody/);

console.log("passed");
