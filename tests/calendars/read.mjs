// What another parser reads in a calendar: from standard input, its events as JSON to standard output.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
const value = (event, name) => event.getFirstPropertyValue(name);

const events = calendar.getAllSubcomponents("vevent").map((event) => ({
  uid: value(event, "uid"),
  sequence: value(event, "sequence"),
  stamp: value(event, "dtstamp").toString(),
  start: value(event, "dtstart").toString(),
  end: value(event, "dtend").toString(),
  days: value(event, "dtstart").isDate && value(event, "dtend").isDate,
  title: value(event, "summary"),
  about: value(event, "description"),
  category: value(event, "categories"),
}));

const head = {
  name: calendar.getFirstPropertyValue("x-wr-calname"),
  refresh: `${calendar.getFirstPropertyValue("refresh-interval")}`,
};
process.stdout.write(JSON.stringify({ ...head, events }));
