// One message becomes one list item.
import { time } from "./dates.js";
import { avatar, el } from "./dom.js";
import { rich } from "./entities.js";
import { word } from "./words.js";

// One line that stands for a message in the list of chats and in quotations.
export function brief(message) {
  if (!message) return "";
  if (service(message)) return service(message);
  if (message.text) return message.text;
  const what = message.photo ? `🖼 ${word("photo")}` : message.document ? `📎 ${message.document.file_name}` : "";
  return message.caption ? `${what} ${message.caption}` : what;
}

export function service(message) {
  const who = message.from?.first_name;
  const names = (users) => users.map((user) => user.first_name).join(" ");
  if (message.new_chat_members) return word("joined", { who, what: names(message.new_chat_members) });
  if (message.left_chat_member) return word("leftGroup", { what: message.left_chat_member.first_name });
  if (message.pinned_message) return word("pinnedBy", { who });
  if (message.migrate_to_chat_id) return word("migratedTo", { id: message.migrate_to_chat_id });
  if (message.migrate_from_chat_id) return word("migratedFrom", { id: message.migrate_from_chat_id });
  if (message.forum_topic_created) return word("topicOpened", { name: message.forum_topic_created.name });
  return "";
}

// `place`: {chat, bot, me, follow, press, reply, edit, show}
export function messageItem(message, place) {
  const own = message.from.id === place.me;
  const attributes = { "data-testid": "message", "data-message-id": message.message_id,
    "data-from": message.from.is_bot ? "bot" : "person", id: `message-${message.message_id}` };
  if (service(message)) return el("li", { class: "service", ...attributes }, el("span", {}, service(message)));
  const bubble = el("div", { class: "bubble" }, head(message, place, own), quotation(message, place),
    media(message, place), body(message, place), foot(message), tools(message, place, own));
  const face = own || place.chat.type === "private" ? null
    : avatar(message.from.first_name, message.from.id, { bot: message.from.is_bot });
  const column = el("div", { class: "column" }, bubble, keyboard(message, place));
  return el("li", { class: own ? "message own" : "message", ...attributes }, face, column);
}

function head(message, place, own) {
  const parts = [];
  if (place.chat.type !== "private" && !own) parts.push(el("div", { class: "name" }, message.from.first_name));
  const topic = place.chat.topics.find((entry) => entry.id === message.message_thread_id);
  if (topic) parts.push(el("div", { class: "note" }, `# ${topic.name}`));
  if (message.forward_origin) {
    parts.push(el("div", { class: "note" }, word("forwarded", { name: message.forward_origin.sender_user.first_name })));
  }
  if (message.via_bot) parts.push(el("div", { class: "note" }, word("via", { name: message.via_bot.username })));
  return parts;
}

function quotation(message, place) {
  const replied = message.reply_to_message;
  if (!replied) return null;
  const go = () => place.show(replied.message_id);
  return el("button", { type: "button", class: "quotation", "data-testid": "quotation", onclick: go },
    el("b", {}, replied.from.first_name), el("span", {}, brief(replied)));
}

const fileAddress = (id) => `/sandbox/files/${encodeURIComponent(id)}`;

function media(message) {
  if (message.photo) {
    const size = message.photo.at(-1);
    const { file_id, width, height } = size;
    const image = el("img", { src: fileAddress(file_id), width, height, alt: message.caption ?? word("photo") });
    const marks = { "data-testid": "photo", "aria-label": word("zoom") };
    return el("a", { class: "photo", href: image.src, target: "_blank", rel: "noopener", ...marks }, image);
  }
  if (!message.document) return null;
  const { file_id, file_name, file_size } = message.document;
  const marks = { "data-testid": "document", title: word("download") };
  return el("a", { class: "document", href: fileAddress(file_id), download: file_name, ...marks },
    el("span", { class: "sheet", "aria-hidden": "true" }, extension(file_name)),
    el("span", { class: "grow" }, el("b", {}, file_name), el("small", {}, bytes(file_size))));
}

const extension = (name) => (name.includes(".") ? name.split(".").at(-1).slice(0, 4) : "file");

function bytes(size) {
  if (size < 1024) return `${size} B`;
  return size < 1048576 ? `${(size / 1024).toFixed(1)} KB` : `${(size / 1048576).toFixed(1)} MB`;
}

function body(message, place) {
  const text = message.text ?? message.caption;
  if (!text) return null;
  const entities = message.text === undefined ? message.caption_entities : message.entities;
  return el("div", { class: "text", "data-testid": "text" }, rich(text, entities, place.bot.username, place.follow));
}

function foot(message) {
  const edited = message.edit_date ? `${word("edited")} ` : "";
  return el("time", { dateTime: new Date(message.date * 1000).toISOString() }, edited + time(message.date));
}

function tools(message, place, own) {
  const button = (name, sign, onclick) =>
    el("button", { type: "button", class: "icon small", title: word(name), "aria-label": word(name), "data-testid": name, onclick }, sign);
  return el("div", { class: "tools" },
    button("reply", "↩", () => place.reply(message)),
    own && !message.via_bot ? button("edit", "✎", () => place.edit(message)) : null);
}

function keyboard(message, place) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows) return null;
  return el("div", { class: "keyboard" }, rows.map((buttons, row) =>
    el("div", { class: "keys" }, buttons.map((button, column) => key(message, button, row, column, place)))));
}

function key(message, button, row, column, place) {
  const leads = button.url ? " ↗" : button.copy_text ? " ⧉" : "";
  const onclick = (event) => place.press(message, button, row, column, event.currentTarget);
  const title = button.url ?? button.callback_data ?? "";
  return el("button", { type: "button", class: "key", "data-testid": "button", title, onclick }, button.text + leads);
}
