// What ical.js reads of a calendar: a list of `{summary, ordered}`, whether it ends after it has begun.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
const events = calendar.getAllSubcomponents("vevent").map(each => new ICAL.Event(each)).map(event => ({
    summary: event.summary,
    ordered: event.startDate.compare(event.endDate) <= 0,
}));
process.stdout.write(JSON.stringify(events));
