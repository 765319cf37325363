// Reads responses through one node, which is killed once each has said something, and goes on through another one behind
// the last event it has. Prints a line when the node may be killed, then one for each response.
import assert from "node:assert/strict";
import OpenAI from "openai";

const [prompt, count] = process.argv.slice(2);
const at = (url) => new OpenAI({ baseURL: `${url}/v1`, apiKey: process.env.BATON_TOKEN, maxRetries: 0 });
const first = at(process.env.BATON_URL);
const other = at(process.env.BATON_OTHER_URL);
const model = "chat/simulated/default";
let waiting = Number(count);

async function follow(number) {
  const read = { id: "", last: -1, text: "", deltas: 0, cut: false, status: "" };
  try {
    const input = `${prompt} number ${number}`;
    await take(await first.responses.create({ model, input, stream: true, background: true }), read);
  } catch (cut) {
    read.cut = true;
  }
  assert.ok(read.cut, "the node was to be killed in the middle of the answer");
  for (let tries = 0; read.status === "" && tries < 300; tries++) {
    try {
      await take(await other.responses.retrieve(read.id, { stream: true, starting_after: read.last }), read);
    } catch (later) {
      if (!(later instanceof OpenAI.APIConnectionError || later.status >= 500)) {
        throw later;
      }
    }
  }
  return read;
}

async function take(events, read) {
  for await (const event of events) {
    assert.equal(event.sequence_number, read.last + 1);
    read.last = event.sequence_number;
    if (event.type === "response.created") {
      read.id = event.response.id;
    } else if (event.type === "response.output_text.delta") {
      read.text += event.delta;
      read.deltas++;
      if (read.deltas === 5 && --waiting === 0) {
        console.log("all speak");
      }
    } else if (event.type === "response.completed") {
      read.status = event.response.status;
      assert.equal(event.response.output[0].content[0].text, read.text);
    }
  }
  if (read.status === "") {
    throw new OpenAI.APIConnectionError({ message: "the stream ended before its end" });
  }
}

const all = await Promise.all(Array.from({ length: Number(count) }, (_, number) => follow(number)));
for (const { id, text, status } of all) {
  console.log(JSON.stringify({ id, text, status }));
}
