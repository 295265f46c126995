// The page: loads the world, listens to what happens, shows one chat at a time.
import { chatActions, joinGroup, newGroup, newPerson, setUpActions } from "./actions.js";
import { act, ask, at, avatar, el, options, read, toast, trying } from "./dom.js";
import { setUpClock, showClock } from "./clock.js";
import { inlineAnswer, say, setUpComposer, startEdit, startReply, writeIn } from "./composer.js";
import { day, recent } from "./dates.js";
import { deepLink } from "./entities.js";
import { brief, messageItem } from "./messages.js";
import { addCall, buildPanel, loadCalls, refreshPanel } from "./panel.js";
import { language, setLanguage, tag, word } from "./words.js";

let state = null;
let current = Number(location.hash.slice(1)) || null; // the open chat's id
let messages = new Map(); // of the open chat, by id
const speakers = new Map(); // who one is, by group
const unread = new Map();
const waiting = new Map(); // pressed buttons by query id
const typing = new Map();

const chat = () => state.chats.find((c) => c.id === current) ?? state.chats[0];
const person = (id) => state.people.find((p) => p.id === id);
const me = () => (chat().type === "private" ? chat().id : speakers.get(chat().id) ?? chat().members[0]?.id);

// Loading

async function loadState({ anew = false } = {}) {
  state = await read("state");
  if (anew) showClock(state.clock); // later by its events only: a state may be older than the last of them
  if (!state.chats.some((c) => c.id === current)) current = state.chats[0]?.id ?? null;
  showChats();
  showTalk();
  refreshPanel(state);
}

async function loadMessages() {
  const asked = current;
  const known = new Set(messages.keys());
  const loaded = await read("messages", { chat: asked });
  if (asked !== current) return; // another chat was opened meanwhile, and has asked for its own
  const newer = [...messages.values()].filter((message) => !known.has(message.message_id)); // came meanwhile
  messages = new Map([...loaded, ...newer].map((message) => [message.message_id, message]));
  showMessages();
  at("messages").setAttribute("aria-busy", "false");
}

async function loadAll() {
  await loadState({ anew: true });
  await Promise.all([loadMessages(), loadCalls()]);
}

let soon = 0;
function reloadSoon() {
  clearTimeout(soon);
  soon = setTimeout(() => trying(loadState()), 60);
}

// The left column

function showChats() {
  at("bot-name").textContent = state.bot.first_name;
  const entries = (title, chats) => (chats.length ? [el("h3", {}, title), ...chats.map(chatItem)] : []);
  at("chats").replaceChildren(
    ...entries(word("people"), state.chats.filter((c) => c.type === "private")),
    ...entries(word("groups"), state.chats.filter((c) => c.type !== "private" && !c.migrated_to)));
}

const LANGUAGES = { "zh-hans": "简", "zh-hant": "繁", en: "EN" };

function chatItem(entry) {
  const latest = entry.latest;
  const who = latest && entry.type !== "private" ? `${latest.from.first_name}: ` : "";
  const spoken = person(entry.id)?.language_code;
  const count = unread.get(entry.id);
  const marks = { "data-testid": `chat-${entry.id}`, "aria-current": entry.id === current ? "true" : null };
  return el("button", { class: "chat", ...marks, onclick: () => open(entry.id) },
    avatar(entry.title, entry.id, { square: entry.type !== "private" }),
    el("span", { class: "grow" },
      el("span", { class: "row tight" }, el("b", { class: "grow line" }, entry.title),
        spoken ? el("span", { class: "tag" }, LANGUAGES[spoken] ?? spoken) : null,
        latest ? el("small", {}, recent(latest.edit_date ?? latest.date)) : null),
      el("span", { class: "row tight" }, el("small", { class: "grow line" }, latest ? who + brief(latest) : chatHint(entry)),
        count ? el("span", { class: "count" }, count) : null)));
}

function chatHint(entry) {
  if (entry.type === "private") return `@${state.bot.username}`;
  const names = entry.members.slice(0, 4).map((member) => person(member.id)?.first_name ?? member.id);
  return names.join(language === "en" ? ", " : "、");
}

async function open(id) {
  if (id !== current) {
    current = id;
    messages = new Map();
    at("messages").setAttribute("aria-busy", "true"); // the other chat's messages are still shown
  }
  unread.delete(id);
  history.replaceState(null, "", `#${id}`);
  at("app").classList.remove("side-open");
  showChats();
  showTalk(true);
  await trying(loadMessages());
  scrollDown();
  at("composer").focus();
}

// The conversation

function showTalk(moved = false) {
  const entry = chat();
  if (!entry) return;
  const isPrivate = entry.type === "private";
  at("talk-avatar").replaceChildren(isPrivate ? avatar("", 0, { bot: true }) : avatar(entry.title, entry.id, { square: true }));
  at("talk-title").textContent = isPrivate ? state.bot.first_name : entry.title;
  showHint();
  showSpeakers(entry);
  const stopped = isPrivate && entry.presence !== "member";
  at("composer-form").hidden = stopped;
  at("start").hidden = !stopped;
  at("start").textContent = word(entry.presence === "kicked" ? "restart" : "start");
  at("pinned").hidden = !entry.pinned;
  if (entry.pinned) at("pinned").replaceChildren(el("b", {}, word("pinned")), el("span", { class: "line" }, brief(entry.pinned)));
  writeIn({ chat: entry, me: me(), bot: state.bot }, moved);
}

function showHint() {
  const entry = chat();
  const action = typing.get(entry.id)?.action;
  const plain = entry.type === "private" ? `@${state.bot.username} · ${person(entry.id)?.first_name ?? ""}`
    : word("members", { n: entry.members.length + (["member", "administrator"].includes(entry.presence) ? 1 : 0) });
  at("talk-hint").textContent = action ? word(action === "typing" ? "typing" : "uploading") : plain;
  at("talk-hint").classList.toggle("lively", Boolean(action));
}

function showSpeakers(entry) {
  at("speaker").hidden = entry.type === "private";
  options(at("speaker"), entry.members.map((member) => [member.id, person(member.id)?.first_name ?? member.id]), me());
  at("topic").hidden = !entry.topics.length;
  options(at("topic"), [["", word("noTopic")], ...entry.topics.map((topic) => [topic.id, topic.name])], at("topic").value);
}

const place = () => (
  { chat: chat(), bot: state.bot, me: me(), follow, press, reply: startReply, edit: startEdit, show: showMessage });

function showMessages() {
  const items = [];
  let shownDay = "";
  for (const message of [...messages.values()].sort((a, b) => a.message_id - b.message_id)) {
    if (day(message.date) !== shownDay) {
      shownDay = day(message.date);
      items.push(el("li", { class: "day" }, el("span", {}, shownDay)));
    }
    items.push(messageItem(message, place()));
  }
  if (!items.length) items.push(emptyItem());
  at("messages").replaceChildren(...items);
  scrollDown();
}

function emptyItem() {
  const { descriptions, username } = state.bot;
  const described = descriptions[person(me())?.language_code?.slice(0, 2)] ?? descriptions[""];
  const text = chat().type === "private" ? described ?? word("empty") : word("emptyGroup", { name: username });
  return el("li", { class: "empty" }, el("img", { src: "/page/icon.svg", alt: "", width: 56, height: 56 }), el("p", {}, text));
}

function arrived(message) {
  const entry = state.chats.find((c) => c.id === message.chat.id);
  if (!entry) { reloadSoon(); return; }
  entry.latest = message;
  if (message.from.is_bot) endTyping(entry.id);
  if (entry.id !== current) {
    unread.set(entry.id, (unread.get(entry.id) ?? 0) + 1);
  } else {
    const [before] = [...messages.values()].slice(-1);
    messages.set(message.message_id, message);
    const near = isNearEnd() || message.from.id === me();
    if (!before || day(before.date) !== day(message.date)) showMessages();
    else at("messages").append(messageItem(message, place()));
    if (near) scrollDown();
  }
  showChats();
  reloadSoon();
}

function changed(message) {
  const entry = state.chats.find((c) => c.id === message.chat.id);
  if (entry?.latest?.message_id === message.message_id) { entry.latest = message; showChats(); }
  if (message.chat.id !== current) return;
  messages.set(message.message_id, message);
  const near = isNearEnd();
  document.getElementById(`message-${message.message_id}`)?.replaceWith(messageItem(message, place()));
  if (near) scrollDown();
}

function deleted({ chat: id, message_id }) {
  if (id === current) {
    messages.delete(message_id);
    document.getElementById(`message-${message_id}`)?.remove();
  }
  reloadSoon();
}

function isNearEnd() {
  const list = at("messages");
  return list.scrollHeight - list.scrollTop - list.clientHeight < 160;
}

function scrollDown() {
  const list = at("messages");
  list.scrollTop = list.scrollHeight;
}

function showMessage(id) {
  const item = document.getElementById(`message-${id}`);
  if (!item) return;
  item.scrollIntoView({ block: "center", behavior: "smooth" });
  item.classList.add("found");
  setTimeout(() => item.classList.remove("found"), 1500);
}

// What a click means

async function follow({ command, start, startgroup }) {
  if (command) { await say(command); return; }
  if (startgroup !== undefined) { await joinGroup(startgroup); return; }
  const who = me();
  await open(who);
  await trying(act("start", { person: who, parameter: start }));
}

async function press(message, button, row, column, key) {
  if (button.url) {
    const deep = deepLink(button.url, state.bot.username);
    if (deep) await follow(deep);
    else window.open(button.url, "_blank", "noopener");
    return;
  }
  if (button.copy_text) { await navigator.clipboard?.writeText(button.copy_text.text); return; }
  const inline = button.switch_inline_query_current_chat ?? button.switch_inline_query;
  if (inline !== undefined) {
    at("composer").value = `@${state.bot.username} ${inline}`;
    at("composer").focus();
    at("composer").dispatchEvent(new Event("input"));
    return;
  }
  const sent = await trying(act("press", { person: me(), chat: current, message: message.message_id, row, column }));
  if (!sent?.query) return;
  key.classList.add("busy");
  waiting.set(sent.query, key);
  const answer = await trying(read("answer", { query: sent.query })); // it may have come before the press was confirmed
  if (answer?.answered) callbackAnswer({ query_id: sent.query, ...answer });
  setTimeout(() => { if (waiting.delete(sent.query)) { key.classList.remove("busy"); toast(word("noAnswer"), "bad"); } }, 15_000);
}

function callbackAnswer(answer) {
  const key = waiting.get(answer.query_id);
  if (!key) return;
  waiting.delete(answer.query_id);
  key.classList.remove("busy");
  if (answer.show_alert) ask(state.bot.first_name, [el("p", { "data-testid": "alert" }, answer.text)], { ok: word("close") });
  else if (answer.text) toast(answer.text);
  if (answer.url) window.open(answer.url, "_blank", "noopener");
}

function acting({ chat: id, action }) {
  clearTimeout(typing.get(id)?.timer);
  typing.set(id, { action, timer: setTimeout(() => endTyping(id), 5000) });
  if (id === current) showHint();
}

function endTyping(id) {
  clearTimeout(typing.get(id)?.timer);
  if (typing.delete(id) && id === current) showHint();
}

// The chat's own menu

async function toggleMenu(show) {
  if (show) await trying(loadState()); // what can be done depends on what just happened
  at("more-list").hidden = !show;
  at("more").setAttribute("aria-expanded", show);
  if (!show) return;
  at("more-list").replaceChildren(...chatActions().map(([name, run]) => {
    const onclick = () => { toggleMenu(false); run(); };
    return el("button", { role: "menuitem", class: "suggestion", "data-testid": `act-${name}`, onclick }, word(name));
  }));
  at("more-list").firstChild.focus();
}

// Starting

const HEARD = {
  message: arrived, edited: changed, deleted, call: addCall, callback_answer: callbackAnswer, action: acting,
  inline_answer: inlineAnswer, clock: clockMoved, state: reloadSoon, faults: reloadSoon,
  reset: () => { current = null; unread.clear(); speakers.clear(); trying(loadAll()); },
};

function clockMoved(clock) {
  showClock(clock);
  if (!clock.travelling) showChats(); // what was today is another day
}

function listen() {
  const events = new EventSource("/sandbox/events");
  let lost = false;
  events.onmessage = ({ data }) => { const { kind, data: content } = JSON.parse(data); HEARD[kind]?.(content); };
  events.onopen = () => { if (lost) { lost = false; at("app").classList.remove("offline"); trying(loadAll()); } };
  events.onerror = () => { if (!lost) { lost = true; at("app").classList.add("offline"); toast(word("offline"), "bad"); } };
}

function showWords() {
  document.documentElement.lang = tag();
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", word(element.dataset.label));
    if (element.matches("button, select")) element.title = word(element.dataset.label);
  }
  for (const element of document.querySelectorAll("[data-hint]")) element.placeholder = word(element.dataset.hint);
  at("language").value = language;
  buildPanel();
}

function togglePanel() {
  const shut = at("app").classList.toggle("panel-shut");
  at("toggle-panel").setAttribute("aria-expanded", !shut);
  localStorage.setItem("sandbox-panel", shut ? "shut" : "open");
}

function lastOwn() {
  return [...messages.values()].reverse().find((message) => message.from.id === me() && (message.text || message.caption));
}

function changeLanguage() {
  setLanguage(at("language").value);
  showWords();
  trying(loadAll());
}

function changeSpeaker() {
  speakers.set(current, Number(at("speaker").value));
  showTalk();
  showMessages();
}

function startChat() {
  const blocked = chat().presence === "kicked";
  trying(blocked ? act("block", { person: current, on: false }) : act("start", { person: current }));
}

async function begin() {
  showWords();
  setUpComposer(lastOwn, follow);
  setUpClock();
  const lent = { chats: () => state.chats, people: () => state.people, bot: () => state.bot, chat, me, open, loadState };
  setUpActions({ ...lent, speakAs: (group, who) => speakers.set(group, who) });
  if (localStorage.getItem("sandbox-panel") === "shut" || window.innerWidth < 1000) togglePanel();
  at("toggle-panel").addEventListener("click", togglePanel);
  at("close-panel").addEventListener("click", togglePanel);
  at("open-side").addEventListener("click", (event) => { event.stopPropagation(); at("app").classList.toggle("side-open"); });
  at("talk").addEventListener("click", () => at("app").classList.remove("side-open"));
  at("language").addEventListener("change", changeLanguage);
  at("speaker").addEventListener("change", changeSpeaker);
  at("start").addEventListener("click", startChat);
  at("pinned").addEventListener("click", () => showMessage(chat().pinned.message_id));
  at("more").addEventListener("click", (event) => { event.stopPropagation(); toggleMenu(at("more-list").hidden); });
  document.addEventListener("click", () => toggleMenu(false));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") toggleMenu(false); });
  at("add-person").addEventListener("click", newPerson);
  at("add-group").addEventListener("click", newGroup);
  listen();
  await trying(loadAll());
  document.body.dataset.ready = "true";
}

begin();
