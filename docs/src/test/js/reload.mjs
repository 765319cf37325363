// Pages read answers through one node, which is killed once each has some words, and are then opened anew at another one.
// Prints a line when the node may be killed, then one for each answer.
import assert from "node:assert/strict";
import { Page } from "./page.mjs";

const [prompt, count] = process.argv.slice(2);
let waiting = Number(count);

async function follow(number) {
  const name = `reload ${process.pid} ${number}`;
  const page = new Page(name);
  const cut = page.chat.sendMessage({ text: `${prompt} number ${number}` });
  await page.says(5);
  if (--waiting === 0) {
    console.log("all speak");
  }
  await cut;
  assert.equal(page.chat.status, "error", "the node was to be killed in the middle of the answer");
  const chat = page.chat.lastMessage.metadata.chat;
  let again;
  let tries = 0;
  do {
    again = new Page(name, {}, page.chat.messages, process.env.BATON_OTHER_URL);
    await again.chat.resumeStream();
  } while (again.chat.status === "error" && ++tries < 300);
  assert.equal(again.chat.messages.length, 2);
  return { chat, text: again.text(), finish: again.chat.lastMessage.metadata.finishReason };
}

const all = await Promise.all(Array.from({ length: Number(count) }, (_, number) => follow(number)));
for (const each of all) {
  console.log(JSON.stringify(each));
}
