// What OpenAI's own client does with a node, in all the ways that the doors are for. Prints "passed" or ends with an error.
import assert from "node:assert/strict";
import OpenAI from "openai";

const client = new OpenAI({
  baseURL: `${process.env.BATON_URL}/v1`,
  apiKey: process.env.BATON_TOKEN,
  maxRetries: 0,
});
const model = "chat/simulated/default";
const weather = { name: "weather", description: "says what the sky does", parameters: { type: "object", properties: {} } };

const models = await client.models.list();
assert.ok(models.data.some((each) => each.id === model));
assert.equal((await client.models.retrieve(model)).id, model);

// Chat Completions: whole, streamed, and with a tool.
const messages = [{ role: "user", content: "hello words=12 rate=0" }];
const whole = await client.chat.completions.create({ model, messages });
const answer = whole.choices[0].message.content;
assert.equal(answer.trim().split(/\s+/).length, 12);
assert.equal(whole.choices[0].finish_reason, "stop");

const chunks = await client.chat.completions.create({
  model,
  messages,
  stream: true,
  stream_options: { include_usage: true },
});
let text = "";
let usage;
for await (const chunk of chunks) {
  text += chunk.choices[0]?.delta.content ?? "";
  usage = chunk.usage ?? usage;
}
assert.equal(text, answer);
assert.equal(usage.completion_tokens, 12);

const asked = [{ role: "user", content: "tool=weather words=5 rate=0" }];
const tools = [{ type: "function", function: weather }];
const first = await client.chat.completions.create({ model, messages: asked, tools }).withResponse();
const calls = first.data.choices[0].message.tool_calls;
assert.equal(first.data.choices[0].finish_reason, "tool_calls");
assert.equal(calls[0].function.name, "weather");
const told = [
  ...asked,
  first.data.choices[0].message,
  { role: "tool", tool_call_id: calls[0].id, content: "rain" },
];
const chat = first.response.headers.get("x-baton-chat");
const inItsChat = await client.chat.completions
  .create({ model, messages: told, tools }, { headers: { "x-baton-chat": chat } })
  .withResponse();
assert.equal(inItsChat.response.headers.get("x-baton-chat"), chat);
const inAnother = await client.chat.completions.create({ model, messages: told, tools }).withResponse();
assert.notEqual(inAnother.response.headers.get("x-baton-chat"), chat);
assert.equal(inAnother.data.choices[0].message.content, inItsChat.data.choices[0].message.content);

const short = await client.chat.completions.create({ model, messages: [{ role: "user", content: "limit=3 rate=0" }] });
assert.equal(short.choices[0].finish_reason, "length");

// Responses: whole, streamed, with a tool, in a conversation, in the background.
const response = await client.responses.create({ model, input: messages[0].content, metadata: { a: "b" } });
assert.equal(response.output_text, answer);
assert.equal((await client.responses.retrieve(response.id)).output_text, answer);

const seen = [];
const stream = client.responses.stream({ model, input: messages[0].content });
for await (const event of stream) {
  assert.equal(event.sequence_number, seen.length);
  seen.push(event);
}
const final = await stream.finalResponse();
assert.equal(final.output_text, answer);
for (const from of [0, 5, seen.length - 2]) {
  const rest = await client.responses.retrieve(final.id, { stream: true, starting_after: from });
  const again = [];
  for await (const event of rest) {
    again.push(event);
  }
  assert.deepEqual(again, JSON.parse(JSON.stringify(seen.slice(from + 1))));
}

const functions = [{ type: "function", strict: false, ...weather }];
const calling = await client.responses.create({ model, input: asked[0].content, tools: functions });
const call = calling.output.find((item) => item.type === "function_call");
const done = await client.responses.create({
  model,
  previous_response_id: calling.id,
  tools: functions,
  input: [{ type: "function_call_output", call_id: call.call_id, output: "rain" }],
});
assert.equal(done.output_text, inItsChat.data.choices[0].message.content);

const conversation = await client.conversations.create({ metadata: { topic: "tests" } });
await client.responses.create({ model, conversation: conversation.id, input: "one words=2 rate=0" });
await client.responses.create({ model, conversation: conversation.id, input: "two words=2 rate=0" });
const items = [];
for await (const item of client.conversations.items.list(conversation.id, { order: "asc", limit: 1 })) {
  items.push(item.role);
}
assert.deepEqual(items, ["user", "assistant", "user", "assistant"]);

const background = await client.responses.create({ model, input: "words=2000 rate=20", background: true });
assert.equal(background.status, "in_progress");
assert.equal((await client.responses.cancel(background.id)).status, "cancelled");
await client.responses.delete(background.id);
await assert.rejects(client.responses.retrieve(background.id), OpenAI.NotFoundError);

const limited = await client.responses.create({ model, input: "limit=3 rate=0" });
assert.equal(limited.status, "incomplete");
assert.equal(limited.incomplete_details.reason, "max_output_tokens");

// Errors, before and within an answer.
await assert.rejects(client.chat.completions.create({ model: "nobody", messages }), OpenAI.NotFoundError);
const failing = await client.chat.completions.create({
  model,
  messages: [{ role: "user", content: "fail=401" }],
  stream: true,
});
await assert.rejects(async () => {
  for await (const chunk of failing) {
    assert.ok(chunk);
  }
}, OpenAI.APIError);
const failed = await client.responses.create({ model, input: "fail=401" });
assert.equal(failed.status, "failed");

console.log("passed");
