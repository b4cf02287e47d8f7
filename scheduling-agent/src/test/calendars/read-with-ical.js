#!/usr/bin/env node
/*
 * Reads calendars with ical.js, as a calendar program does.
 *
 * Usage: read-with-ical.js FOLDER
 *
 * Prints a line for each event of each file of the folder: its UID, a tab, the second at which it begins, since 1970,
 * a tab, its summary. Local times are read by the VTIMEZONE of their calendar. "npm ci" in this folder installs ical.js.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ICAL from 'ical.js';

const folder = process.argv[2];
for (const file of readdirSync(folder).sort()) {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(join(folder, file), 'utf8')));
  for (const component of calendar.getAllSubcomponents('vevent')) {
    const event = new ICAL.Event(component);
    if (event.startDate.zone === ICAL.Timezone.localTimezone) {
      throw new Error(`${file}: ${event.uid} begins at a time of no zone`);
    }
    console.log([event.uid, event.startDate.toUnixTime(), event.summary].join('\t'));
  }
}
