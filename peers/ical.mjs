// What ical.js reads of a calendar: a list of `{summary, from, to}`, in milliseconds.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
const events = calendar.getAllSubcomponents("vevent").map(each => new ICAL.Event(each)).map(event => ({
    summary: event.summary,
    from: event.startDate.toJSDate().getTime(),
    to: event.endDate.toJSDate().getTime(),
}));
process.stdout.write(JSON.stringify(events));
