// What Anthropic's own client does with a node. Prints "passed" or ends with an error.
import assert from "node:assert/strict";
import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic({
  baseURL: process.env.BATON_URL,
  apiKey: process.env.BATON_TOKEN,
  maxRetries: 0,
});
const model = "chat/simulated/default";
const messages = [{ role: "user", content: "hello words=12 rate=0" }];

const whole = await client.messages.create({ model, max_tokens: 100, messages });
assert.equal(whole.stop_reason, "end_turn");
assert.equal(whole.content[0].text.trim().split(/\s+/).length, 12);
assert.equal(whole.usage.output_tokens, 12);

const stream = client.messages.stream({ model, max_tokens: 100, messages });
let text = "";
stream.on("text", (words) => {
  text += words;
});
const final = await stream.finalMessage();
assert.equal(text, whole.content[0].text);
assert.deepEqual(final.content[0].text, text);
assert.equal(final.usage.output_tokens, 12);

const short = await client.messages.create({
  model,
  max_tokens: 100,
  messages: [{ role: "user", content: "limit=3 rate=0" }],
});
assert.equal(short.stop_reason, "max_tokens");

const tools = [{ name: "weather", description: "says what the sky does", input_schema: { type: "object" } }];
const asked = [{ role: "user", content: "tool=weather words=5 rate=0" }];
const calling = await client.messages.stream({ model, max_tokens: 100, messages: asked, tools }).finalMessage();
assert.equal(calling.stop_reason, "tool_use");
const call = calling.content.find((block) => block.type === "tool_use");
assert.deepEqual(call.input, {});
const done = await client.messages.create({
  model,
  max_tokens: 100,
  tools,
  messages: [
    ...asked,
    { role: "assistant", content: calling.content },
    { role: "user", content: [{ type: "tool_result", tool_use_id: call.id, content: "rain" }] },
  ],
});
assert.equal(done.content[0].text.trim().split(/\s+/).length, 5);

const count = await client.messages.countTokens({ model, messages });
assert.ok(count.input_tokens > 0);
const listed = await client.models.list();
assert.ok(listed.data.some((each) => each.id === model));

await assert.rejects(
  client.messages.create({ model: "nobody", max_tokens: 100, messages }),
  Anthropic.NotFoundError,
);
const failing = client.messages.stream({
  model,
  max_tokens: 100,
  messages: [{ role: "user", content: "fail=401" }],
});
await assert.rejects(failing.finalMessage(), Anthropic.APIError);

console.log("passed");
