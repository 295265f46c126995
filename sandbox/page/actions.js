// What the menus and dialogs do: chats, people and groups change.
import { say } from "./composer.js";
import { act, ask, el, field, options, toast, trying } from "./dom.js";
import { word } from "./words.js";

let page = null; // what the page lends: {chats, people, bot, chat, me, open, loadState, speakAs}

export function setUpActions(lent) { page = lent; }

const isIn = (presence) => ["member", "administrator"].includes(presence);
const buttons = () => ({ ok: word("save"), cancel: word("cancel") });

// What can be done with the open chat: [name of the word, what to run].
export function chatActions() {
  const entry = page.chat();
  const actions = entry.type === "private" ? privateActions(entry) : groupActions(entry, page.me());
  return [...actions, ["repeat", repeatUpdate]];
}

function privateActions(entry) {
  if (entry.presence === "member") return [["block", () => trying(act("block", { person: entry.id }))]];
  if (entry.presence !== "kicked") return [];
  return [["unblock", () => trying(act("block", { person: entry.id, on: false }))]];
}

function groupActions(entry, who) {
  const become = (presence) => () => trying(act("presence", { person: who, chat: entry.id, presence }));
  const actions = [];
  if (!isIn(entry.presence)) actions.push(["addBot", become("member")]);
  if (entry.presence === "member") actions.push(["promote", become("administrator")]);
  if (entry.presence === "administrator") actions.push(["demote", become("member")]);
  if (isIn(entry.presence)) actions.push(["kick", become("kicked")]);
  if (entry.type === "group") actions.push(["upgrade", () => upgrade(entry)]);
  if (entry.is_forum) actions.push(["newTopic", () => newTopic(entry, who)]);
  return actions;
}

export async function repeatUpdate() {
  const done = await trying(act("repeat"));
  if (done) toast(word("repeated", { n: done.update_id }));
}

async function upgrade(entry) {
  const done = await trying(act("migrate", { chat: entry.id }));
  if (done) await openNew(done.id);
}

async function openNew(id) {
  await page.loadState();
  page.open(id);
}

async function newTopic(entry, who) {
  const name = el("input", { name: "name", required: true, maxLength: 128 });
  const answers = await ask(word("newTopic"), [field(word("name"), name)], buttons());
  if (answers) await trying(act("topics", { person: who, chat: entry.id, name: answers.get("name") }));
}

export async function newPerson() {
  const name = el("input", { name: "name", required: true, maxLength: 64, "data-testid": "person-name" });
  const language = el("select", { name: "language" });
  options(language, [["zh-hans", "简体中文"], ["zh-hant", "繁體中文"], ["en", "English"]], "zh-hans");
  const fields = [field(word("name"), name), field(word("language"), language)];
  const answers = await ask(word("newPerson"), fields, buttons());
  if (!answers) return;
  const made = await trying(act("people", { name: answers.get("name"), language: answers.get("language") }));
  if (made) await openNew(made[0].id);
}

export async function newGroup() {
  const title = el("input", { name: "title", required: true, maxLength: 128, "data-testid": "group-title" });
  const kind = el("select", { name: "kind", "data-testid": "group-kind" });
  options(kind, [["plain", word("plainGroup")], ["supergroup", word("supergroup")], ["forum", word("forum")]], "plain");
  const check = (name, value, text) =>
    el("label", { class: "check" }, el("input", { type: "checkbox", name, value, checked: true }), text);
  const members = page.people().slice(0, 30).map((person) => check("member", person.id, person.first_name));
  const fields = [field(word("name"), title), field(word("kind"), kind), el("div", { class: "checks" }, members),
    check("with_bot", "yes", word("withBot"))];
  const answers = await ask(word("newGroup"), fields, buttons());
  if (!answers) return;
  const made = await trying(act("groups", {
    title: answers.get("title"),
    members: answers.getAll("member").map(Number),
    with_bot: answers.has("with_bot"),
    supergroup: answers.get("kind") === "supergroup",
    forum: answers.get("kind") === "forum",
  }));
  if (made) await openNew(made.id);
}

// A startgroup link: choose a group, bring the bot in, start it there.
export async function joinGroup(parameter) {
  const select = el("select", { name: "group" });
  const groups = page.chats().filter((c) => c.type !== "private" && !c.migrated_to);
  options(select, groups.map((c) => [c.id, c.title]), "");
  const answers = await ask(word("startGroup"), [select], buttons());
  if (!answers) return;
  const group = groups.find((c) => c.id === Number(answers.get("group")));
  const who = group.members.some((m) => m.id === page.me()) ? page.me() : group.members[0].id;
  page.speakAs(group.id, who);
  if (!isIn(group.presence)) await trying(act("presence", { person: who, chat: group.id, presence: "member" }));
  await page.open(group.id);
  await say(`/start@${page.bot().username} ${parameter}`.trim());
}
