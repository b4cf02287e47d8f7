#!/usr/bin/python3
"""Reads calendars with icalendar (Debian's package python3-icalendar), as a calendar program does.

Usage: read-with-icalendar.py FOLDER

Prints a line for each event of each file of the folder: its UID, a tab, the second at which it begins, since 1970, a
tab, its summary. Local times are read by the VTIMEZONE of their calendar alone; one that does not exist, or exists
twice, is an error.
"""

import pathlib
import sys

import icalendar


def begin(event, zones):
    start = event["DTSTART"]
    zone = start.params.get("TZID")
    time = start.dt if zone is None else zones[zone].localize(start.dt.replace(tzinfo=None), is_dst=None)
    return int(time.timestamp())


for file in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    calendar = icalendar.Calendar.from_ical(file.read_bytes())
    zones = {str(zone["TZID"]): zone.to_tz() for zone in calendar.walk("VTIMEZONE")}
    for event in calendar.walk("VEVENT"):
        print(event["UID"], begin(event, zones), event["SUMMARY"], sep="\t")
