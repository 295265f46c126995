// The service's clock above the conversation: it shows the time and moves it. Hidden where there is none to move.
import { date, isoDay, now, setClock, time, weekday } from "./dates.js";
import { act, ask, at, el, trying } from "./dom.js";
import { word } from "./words.js";

let clock = null; // as `setClock` has it

export function showClock(told) {
  clock = told;
  setClock(told);
  at("clock").hidden = !told;
  if (!told) return;
  at("clock").classList.toggle("travelling", told.travelling);
  at("clock").classList.toggle("moved", told.moved);
  for (const control of at("clock").querySelectorAll("button")) control.disabled = told.travelling;
  at("clock-back").hidden = !told.moved;
  tick();
}

function tick() {
  if (!clock) return;
  const [hours, minutes] = time(now()).split(":").map(Number);
  at("clock-hours").setAttribute("transform", `rotate(${hours * 30 + minutes / 2} 12 12)`);
  at("clock-minutes").setAttribute("transform", `rotate(${minutes * 6} 12 12)`);
  at("clock-date").textContent = date(now(), "short");
  at("clock-time").title = clock.zone;
  at("clock-time").textContent = `${weekday(now())} ${time(now())}`;
  at("clock-state").textContent = word(clock.travelling ? "clockRuns" : clock.moved ? "clockMoved" : "clockReal");
}

async function go(to) {
  const told = await trying(act("clock", { to }));
  if (told) showClock(told);
}

async function choose() {
  const goal = el("input", { type: "datetime-local", name: "goal", "data-testid": "clock-goal", "aria-label": word("clockGoal"),
    min: "2000-01-01T00:00", max: "2099-12-31T23:59", value: `${isoDay(now())}T10:00` });
  const hint = el("p", { class: "hint" }, word("clockHint"));
  const answers = await ask(word("clockGoal"), [goal, hint], { ok: word("clockDepart"), cancel: word("cancel"), judged: true });
  if (answers) await go(answers.get("goal"));
}

export function setUpClock() {
  for (const button of at("clock").querySelectorAll("[data-to]")) button.addEventListener("click", () => go(button.dataset.to));
  at("clock-go").addEventListener("click", choose);
  setInterval(tick, 1000);
}
