// Writing: text, files, replies, edits, the command menu, inline queries and the bot's reply keyboard.
import { act, ask, at, el, field, options, read, toast, trying } from "./dom.js";
import { brief } from "./messages.js";
import { word } from "./words.js";

let here = null; // {chat, me, bot}: where and as whom one writes
let replyTo = null;
let editing = null;
let inline = { query: null, timer: 0 };
let lastOwn = () => null;
let follow = () => null;

export function setUpComposer(findLastOwn, followLink) {
  lastOwn = findLastOwn;
  follow = followLink;
  const box = at("composer");
  at("composer-form").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  box.addEventListener("input", () => { grow(); suggest(); });
  box.addEventListener("keydown", keys);
  at("attach").addEventListener("click", () => at("file").click());
  at("file").addEventListener("change", () => {
    const [file] = at("file").files;
    at("file").value = ""; // so that the same file can be chosen again
    if (file) sendFile(file);
  });
  at("commands").addEventListener("click", () => showCommands(""));
  box.addEventListener("paste", (event) => { const [file] = event.clipboardData.files; if (file) sendFile(file); });
  at("talk").addEventListener("dragover", (event) => event.preventDefault());
  at("talk").addEventListener("drop", (event) => {
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (file) sendFile(file);
  });
  document.addEventListener("click", (event) => { if (!event.target.closest("#below")) hide(); });
}

export function writeIn(place, moved) {
  here = place;
  if (moved) { quiet(); at("composer").value = ""; grow(); hide(); }
  showReplyKeyboard();
}

export function startReply(message) { editing = null; replyTo = message; quote(word("reply"), message); }

export function startEdit(message) {
  replyTo = null;
  editing = message;
  at("composer").value = message.text ?? message.caption ?? "";
  grow();
  quote(word("editing"), message);
}

export const say = (text) => trying(act("say", { person: here.me, chat: here.chat.id, text, thread: thread() }));

function quote(title, message) {
  at("quoted").hidden = false;
  at("quoted").replaceChildren(el("span", { class: "grow" }, el("b", {}, title), el("span", { class: "line" }, brief(message))),
    el("button", { type: "button", class: "icon small", "aria-label": word("cancel"), "data-testid": "cancel-quote", onclick: cancel }, "✕"));
  at("composer").focus();
}

function cancel() { if (editing) { at("composer").value = ""; grow(); } quiet(); at("composer").focus(); }

function quiet() { replyTo = editing = null; at("quoted").hidden = true; }

const thread = () => (here.chat.topics.length && at("topic").value ? Number(at("topic").value) : null);

async function submit() {
  const box = at("composer");
  const text = box.value;
  if (!text.trim() || asking()) return;
  const place = { person: here.me, chat: here.chat.id, text };
  const sent = editing ? act("edit", { ...place, message: editing.message_id })
    : act("say", { ...place, reply_to: replyTo?.message_id ?? null, thread: thread() });
  box.value = "";
  quiet(); hide(); grow();
  if (!(await trying(sent)) && !box.value) box.value = text;
  box.focus();
}

async function sendFile(file) {
  const image = file.type.startsWith("image/");
  const as = el("select", { name: "photo", "data-testid": "send-as" });
  options(as, [["true", word("asPhoto")], ["false", word("asFile")]], "true");
  const hints = { placeholder: word("caption"), "aria-label": word("caption") };
  const caption = el("input", { name: "caption", maxLength: 1024, "data-testid": "caption", ...hints });
  const answers = await ask(file.name, [image ? as : null, caption], { ok: word("send"), cancel: word("cancel") });
  if (!answers) return;
  answers.append("person", here.me);
  answers.append("chat", here.chat.id);
  if (replyTo) answers.append("reply_to", replyTo.message_id);
  if (thread()) answers.append("thread", thread());
  answers.append("file", file, file.name);
  quiet();
  await trying(act("file", answers));
}

function keys(event) {
  const list = at("suggestions");
  if (!list.hidden && ["ArrowDown", "ArrowUp"].includes(event.key)) {
    event.preventDefault();
    move(event.key === "ArrowDown" ? 1 : -1);
    return;
  }
  if (event.key === "Escape") { if (list.hidden) cancel(); else hide(); return; }
  if (event.key === "ArrowUp" && !at("composer").value && lastOwn()) { event.preventDefault(); startEdit(lastOwn()); return; }
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  const current = list.hidden ? null : list.querySelector("[aria-selected=true]");
  if (current) current.click(); else submit();
}

function move(step) {
  const items = [...at("suggestions").querySelectorAll("[role=option]")];
  if (!items.length) return;
  const now = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
  items[now]?.setAttribute("aria-selected", "false");
  const next = items[(now + step + items.length) % items.length];
  next.setAttribute("aria-selected", "true");
  next.scrollIntoView({ block: "nearest" });
}

function grow() {
  const box = at("composer");
  box.style.height = "auto";
  if (box.scrollHeight) box.style.height = `${Math.min(box.scrollHeight, 180)}px`; // it has none while hidden
}

// Suggestions: commands after a slash, inline results after @bot

const asking = () => new RegExp(`^@${here.bot.username}\\s`, "i").test(at("composer").value) && inline.query;

function suggest() {
  const text = at("composer").value;
  const asked = new RegExp(`^@${here.bot.username}\\s([\\s\\S]*)`, "i").exec(text);
  clearTimeout(inline.timer);
  inline.query = null;
  if (asked) { inline.timer = setTimeout(() => askInline(asked[1]), 300); return; }
  const command = /^\/(\w*)$/.exec(text);
  if (command) showCommands(command[1]); else hide();
}

async function showCommands(prefix) {
  const commands = await trying(read("commands", { chat: here.chat.id, person: here.me }));
  if (!commands || (prefix && at("composer").value !== `/${prefix}`)) return; // one has gone on writing
  const fitting = commands.filter((c) => c.command.startsWith(prefix));
  if (!fitting.length && prefix) { hide(); return; }
  const suffix = here.chat.type === "private" ? "" : `@${here.bot.username}`;
  show(fitting.map(({ command, description }) => item("command", [el("b", {}, `/${command}`), el("span", {}, description)], () => {
    at("composer").value = "";
    say(`/${command}${suffix}`);
  })), word("noCommands"));
}

async function askInline(text) {
  const asked = await trying(act("inline", { person: here.me, chat: here.chat.id, text }));
  if (!asked) return;
  inline.query = asked.query;
  const answer = await trying(read("answer", { query: asked.query })); // it may have come before the query was confirmed
  if (answer?.answered) inlineAnswer({ query_id: asked.query, ...answer });
  setTimeout(() => { if (inline.query === asked.query && at("suggestions").hidden) toast(word("noAnswer"), "bad"); }, 10_000);
}

export function inlineAnswer({ query_id, results, button }) {
  if (query_id !== inline.query) return;
  const choose = (result) => () => {
    at("composer").value = "";
    inline.query = null;
    trying(act("choose", { query: query_id, result: result.id, chat: here.chat.id }));
  };
  const title = (result) => el("b", {}, result.title ?? result.content.caption ?? result.type);
  const more = (result) => el("span", {}, result.description ?? result.content.text ?? "");
  const items = results.map((result) => item("inline-result", [title(result), more(result)], choose(result)));
  if (button?.start_parameter) {
    items.unshift(item("inline-button", [el("b", {}, button.text)], () => follow({ start: button.start_parameter })));
  }
  show(items, word("noResults"));
}

const item = (testid, children, onclick) =>
  el("button", { type: "button", role: "option", "aria-selected": "false", class: "suggestion", "data-testid": testid,
    onclick: () => { hide(); onclick(); grow(); at("composer").focus(); } }, children);

function show(items, otherwise) {
  at("suggestions").replaceChildren(...(items.length ? items : [el("p", { class: "hint" }, otherwise)]));
  at("suggestions").hidden = false;
}

function hide() { at("suggestions").hidden = true; }

function showReplyKeyboard() {
  const rows = here.chat.keyboard?.keyboard;
  at("reply-keyboard").hidden = !rows;
  const key = ({ text }) =>
    el("button", { type: "button", class: "key", "data-testid": "reply-key", onclick: () => say(text) }, text);
  at("reply-keyboard").replaceChildren(...(rows ?? []).map((row) => el("div", { class: "keys" }, row.map(key))));
}
