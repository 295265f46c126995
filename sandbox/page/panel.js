// The inspector at the right: one tab for each thing to watch or to switch. A new tab is one more entry in TABS.
import { repeatUpdate } from "./actions.js";
import { exact } from "./dates.js";
import { act, ask, at, el, field, options, read, trying } from "./dom.js";
import { word } from "./words.js";

const TABS = [
  { name: "calls", title: "tabCalls", build: buildCalls },
  { name: "faults", title: "tabFaults", build: buildFaults },
  { name: "limits", title: "tabLimits", build: buildLimits },
];
const SHOWN_CALLS = 300;
let chosen = "calls";
let calls = [];
let cleared = 0;
let refreshers = {};

export function buildPanel() {
  refreshers = {};
  at("tab-bodies").replaceChildren(...TABS.map(({ name, build }) => {
    const marks = { id: `tab-${name}`, role: "tabpanel", "data-testid": name, "aria-labelledby": `tab-button-${name}` };
    const body = el("section", { class: "tab-body stack", ...marks });
    refreshers[name] = build(body);
    return body;
  }));
  at("tabs").replaceChildren(...TABS.map(({ name, title }) =>
    el("button", { role: "tab", id: `tab-button-${name}`, class: "tab", "data-testid": `tab-${name}`, "aria-controls": `tab-${name}`,
      onclick: () => choose(name) }, word(title), el("span", { class: "count", id: `count-${name}` }))));
  choose(chosen);
}

function choose(name) {
  chosen = name;
  for (const tab of TABS) {
    at(`tab-button-${tab.name}`).setAttribute("aria-selected", tab.name === name);
    at(`tab-${tab.name}`).hidden = tab.name !== name;
  }
}

export function refreshPanel(state) {
  refreshers.faults(state);
  refreshers.limits(state);
}

// Calls

export async function loadCalls() {
  calls = (await read("calls", { after: cleared })).slice(-SHOWN_CALLS);
  refreshers.calls();
}

export function addCall(call) {
  calls.push(call);
  if (calls.length > SHOWN_CALLS) calls.shift();
  refreshers.calls(call);
}

function buildCalls(body) {
  const hints = { placeholder: word("filter"), "aria-label": word("filter") };
  const filter = el("input", { type: "search", "data-testid": "calls-filter", oninput: () => refresh(), ...hints });
  const errors = el("input", { type: "checkbox", "data-testid": "calls-errors", onchange: () => refresh() });
  const list = el("div", { class: "calls" });
  const clear = () => { cleared = calls.at(-1)?.n ?? cleared; calls = []; refresh(); };
  body.append(el("p", { class: "hint" }, word("callsHint")), filter,
    el("div", { class: "row" }, el("label", { class: "check grow" }, errors, word("onlyErrors")),
      el("button", { class: "soft", onclick: clear, "data-testid": "calls-clear" }, word("clear"))), list);
  const fits = (call) => (!errors.checked || !call.ok) &&
    (!filter.value || JSON.stringify(call).toLowerCase().includes(filter.value.toLowerCase()));
  function refresh(added) {
    at("count-calls").textContent = calls.length || "";
    if (added && list.querySelector(".call")) {
      if (fits(added)) list.prepend(callItem(added));
      while (list.children.length > SHOWN_CALLS) list.lastChild.remove();
      return;
    }
    const shown = calls.filter(fits).reverse().map(callItem);
    list.replaceChildren(...(shown.length ? shown : [el("p", { class: "hint" }, word("noCalls"))]));
  }
  return refresh;
}

function callItem(call) {
  const status = call.ok ? "ok" : call.error.error_code || "✕";
  const summary = el("summary", {},
    el("span", { class: call.ok ? "badge good" : "badge bad" }, status),
    el("span", { class: "grow method" }, call.method),
    call.fault ? el("span", { class: "badge warn" }, call.fault) : null,
    el("small", {}, exact(call.at)),
    el("span", { class: "gist" }, gist(call)));
  const item = el("details", { class: "call", "data-testid": "call", "data-method": call.method, "data-ok": String(call.ok) }, summary);
  item.addEventListener("toggle", () => fill(item, call), { once: true });
  return item;
}

function gist(call) {
  if (!call.ok) return call.error.description;
  const { chat_id, text, commands } = call.params;
  const menu = commands?.map((entry) => `/${entry.command}`).join(" ");
  const said = call.result?.text ?? call.result?.caption ?? text ?? menu;
  return [chat_id, said].filter(Boolean).join(" · ").slice(0, 140);
}

function fill(item, call) {
  const block = (title, value) => [el("h4", {}, title), el("pre", {}, JSON.stringify(value, null, 2))];
  item.append(...block(word("parameters"), call.params), ...block(word("result"), call.ok ? call.result : call.error),
    el("p", { class: "hint" }, `#${call.n} · ${call.ms} ms`));
}

// Faults

const KINDS = ["too_many", "forbidden", "bad_request", "migrate", "server_error", "server_error_bare", "html_502",
  "drop_before", "drop_after", "stall"];
const METHODS = ["sendMessage", "sendPhoto", "sendDocument", "sendMediaGroup", "editMessageText",
  "editMessageReplyMarkup", "deleteMessage", "answerCallbackQuery", "answerInlineQuery", "sendChatAction",
  "setMyCommands", "getFile", "getMe", "getUpdates"];

function buildFaults(body) {
  const kind = el("select", { "data-testid": "fault-kind" }, KINDS.map((name) => el("option", { value: name }, word(name))));
  const method = el("select", { "data-testid": "fault-method" });
  options(method, [["", word("anyMethod")], ...METHODS.map((name) => [name, name])], "");
  const chat = el("select", { "data-testid": "fault-chat" });
  const often = el("select", { "data-testid": "fault-often" });
  options(often, [["next", word("nextCalls")], ["always", word("always")], ["share", word("share")]], "next");
  const marks = { "data-testid": "fault-amount", "aria-label": word("howOften") };
  const amount = el("input", { type: "number", class: "amount", min: 1, value: 1, ...marks });
  often.addEventListener("change", () => {
    amount.hidden = often.value === "always";
    amount.value = often.value === "share" ? 20 : 1;
  });
  const seconds = el("input", { type: "number", min: 0, value: 3, "data-testid": "fault-seconds" });
  const waits = field(word("seconds"), seconds);
  const showSeconds = () => { waits.hidden = !["too_many", "stall"].includes(kind.value); };
  kind.addEventListener("change", showSeconds);
  showSeconds();
  const active = el("div", { class: "stack" });
  const add = (event) => {
    event.preventDefault();
    const fault = { kind: kind.value, method: method.value || null, seconds: Number(seconds.value) };
    if (chat.value) fault.chat = Number(chat.value);
    if (often.value === "next") fault.next = Number(amount.value);
    if (often.value === "share") fault.probability = Number(amount.value) / 100;
    trying(act("faults", fault));
  };
  body.append(el("p", { class: "hint" }, word("faultsHint")),
    el("form", { class: "stack card", "data-testid": "fault-form", onsubmit: add },
      field(word("fault"), kind), field(word("method"), method), field(word("chat"), chat),
      field(word("howOften"), el("span", { class: "row" }, often, amount)), waits,
      el("button", { class: "primary", "data-testid": "fault-add" }, word("switchOn"))), active);
  return (state) => {
    at("count-faults").textContent = state.faults.length || "";
    options(chat, [["", word("anyChat")], ...state.chats.map((c) => [c.id, c.title])], chat.value);
    active.replaceChildren(...(state.faults.length ? state.faults.map((fault) => faultItem(fault, state))
      : [el("p", { class: "hint" }, word("noFaults"))]));
  };
}

function faultItem(fault, state) {
  const chat = state.chats.find((c) => c.id === fault.chat);
  const share = fault.probability < 1 ? `${Math.round(fault.probability * 100)} %` : word("always");
  const often = fault.left ? word("left", { n: fault.left }) : share;
  const parts = [fault.method ?? word("anyMethod"), chat?.title, often, word("struck", { n: fault.struck })];
  const about = parts.filter(Boolean).join(" · ");
  const remove = () => trying(act("faults/remove", { id: fault.id }));
  return el("div", { class: "card row", "data-testid": "fault" },
    el("span", { class: "grow" }, el("b", {}, word(fault.kind)), el("small", { class: "block" }, about)),
    el("button", { class: "soft", "data-testid": "fault-remove", onclick: remove }, word("remove")));
}

// Limits and the rest of the switches

const RATES = [["overall", "overall"], ["chat", "perChat"], ["chat_burst", "burst"], ["group", "perGroup"]];

function buildLimits(body) {
  const toggle = (testid, set) =>
    el("input", { type: "checkbox", role: "switch", "data-testid": testid, onchange: (event) => trying(set(event.target.checked)) });
  const on = toggle("rates-on", (checked) => act("rates", { on: checked }));
  const privacy = toggle("privacy", (checked) => act("options", { privacy: checked }));
  const feedback = toggle("inline_feedback", (checked) => act("options", { inline_feedback: checked }));
  const rate = (name) => el("input", { type: "number", min: 0.1, step: "any", "data-testid": `rate-${name}`,
    onchange: (event) => trying(act("rates", { [name]: Number(event.target.value) })) });
  const inputs = Object.fromEntries(RATES.map(([name]) => [name, rate(name)]));
  const facts = el("dl", { class: "facts" });
  const check = (input, title) => el("label", { class: "check" }, input, word(title));
  body.append(el("p", { class: "hint" }, word("limitsHint")),
    el("div", { class: "card stack" }, check(on, "ratesOn"), RATES.map(([name, title]) => field(word(title), inputs[name]))),
    el("div", { class: "card stack" }, check(privacy, "privacy"), check(feedback, "inlineFeedback")),
    el("div", { class: "card stack" }, facts,
      el("button", { class: "soft", "data-testid": "repeat", onclick: repeatUpdate }, word("repeat")),
      el("button", { class: "soft danger", "data-testid": "reset", onclick: reset }, word("reset"))));
  return (state) => {
    on.checked = state.rates.on;
    for (const [name] of RATES) if (document.activeElement !== inputs[name]) inputs[name].value = state.rates[name];
    privacy.checked = state.privacy;
    feedback.checked = state.inline_feedback;
    facts.replaceChildren(el("dt", {}, word("delivery")), el("dd", {}, state.webhook || word("polling")),
      el("dt", {}, word("updates")), el("dd", { "data-testid": "pending" }, String(state.pending)));
  };
}

async function reset() {
  const sure = await ask(word("reset"), [el("p", {}, word("resetSure"))], { ok: word("reset"), cancel: word("cancel") });
  if (sure) await trying(act("reset"));
}
