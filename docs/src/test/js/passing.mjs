// What the official clients do with models that are no chats: requests are passed on to a fake provider. Prints "passed" or
// ends with an error.
import assert from "node:assert/strict";
import Anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";

const openai = new OpenAI({ baseURL: `${process.env.BATON_URL}/v1`, apiKey: process.env.BATON_TOKEN, maxRetries: 0 });
const anthropic = new Anthropic({ baseURL: process.env.BATON_URL, apiKey: process.env.BATON_TOKEN, maxRetries: 0 });
const messages = [{ role: "user", content: "hello" }];
const listed = (await openai.models.list()).data.map((each) => each.id);
assert.ok(listed.includes("completions/m") && listed.includes("chat/completions/m"));

// Chat Completions.
const whole = await openai.chat.completions.create({ model: "completions/m", messages }).withResponse();
const answer = whole.data.choices[0].message.content;
assert.equal(whole.response.headers.get("x-baton-target"), "completions/m");
assert.equal(whole.data.usage.completion_tokens, 20);
for (const asked of [true, false]) {
  const chunks = await openai.chat.completions.create({
    model: "completions/m",
    messages,
    stream: true,
    ...(asked ? { stream_options: { include_usage: true } } : {}),
  });
  let text = "";
  let usage;
  for await (const chunk of chunks) {
    assert.equal(chunk.choices.length, chunk.usage ? 0 : 1);
    text += chunk.choices[0]?.delta.content ?? "";
    usage = chunk.usage ?? usage;
  }
  assert.equal(text, answer);
  assert.equal(usage?.completion_tokens, asked ? 20 : undefined);
}
const calling = await openai.chat.completions.stream({
  model: "completions/m",
  messages: [{ role: "user", content: 'tool=clock args={"zone":"UTC"}' }],
  tools: [{ type: "function", function: { name: "clock", parameters: { type: "object", properties: {} } } }],
}).finalChatCompletion();
assert.equal(calling.choices[0].message.tool_calls[0].function.arguments, '{"zone":"UTC"}');

// Responses.
assert.equal((await openai.responses.create({ model: "responses/m", input: messages })).output_text, answer);
let said = "";
for await (const event of await openai.responses.create({ model: "responses/m", input: messages, stream: true })) {
  said += event.type === "response.output_text.delta" ? event.delta : "";
}
assert.equal(said, answer);
await assert.rejects(
  openai.responses.create({ model: "responses/m", input: messages, store: true }),
  OpenAI.BadRequestError,
);

// Messages.
const reply = await anthropic.messages.create({ model: "messages/m", max_tokens: 99, messages });
assert.equal(reply.content[0].text, answer);
const stream = anthropic.messages.stream({ model: "messages/m", max_tokens: 99, messages });
assert.equal(await stream.finalText(), answer);
assert.equal((await stream.finalMessage()).usage.output_tokens, 20);
const tokens = await anthropic.messages.countTokens({ model: "messages/m", messages });
assert.equal(tokens.input_tokens, 7);

// What goes wrong, before an answer and in the middle of it.
const bad = { model: "completions/m", messages: [{ role: "user", content: "status=422 code=too_hot" }] };
await assert.rejects(openai.chat.completions.create(bad), (failure) => failure.status === 422 && failure.code === "too_hot");
await assert.rejects(openai.chat.completions.create({ model: "messages/m", messages }), OpenAI.BadRequestError);
const cut = [{ role: "user", content: "cut=1500 rate=500" }];
await assert.rejects(async () => {
  for await (const chunk of await openai.chat.completions.create({ model: "completions/m", messages: cut, stream: true })) {
    assert.ok(chunk.choices.length);
  }
}, OpenAI.APIError);
await assert.rejects(async () => {
  for await (const event of await openai.responses.create({ model: "responses/m", input: cut, stream: true })) {
    assert.notEqual(event.type, "response.completed");
  }
}, OpenAI.APIError);
await assert.rejects(
  anthropic.messages.stream({ model: "messages/m", max_tokens: 99, messages: cut }).finalMessage(),
  Anthropic.APIError,
);

console.log("passed");
