#!/usr/bin/python3
"""Reads calendars with icalendar (Debian's package python3-icalendar), as a calendar program does.

Usage: read-with-icalendar.py FOLDER

Prints a line for each event of each file of the folder: its UID, a tab, the second at which it begins, since 1970, a
tab, its summary. Local times are read by the VTIMEZONE of their calendar alone; one that does not exist, or exists
twice, is an error. Works with icalendar 4 and later.
"""

import inspect
import pathlib
import sys

import icalendar

# Only the zones of pytz, the default before icalendar 6, refuse such local times.
if hasattr(icalendar, "use_pytz"):
    icalendar.use_pytz()


def described(zone):
    """The zone as its VTIMEZONE describes it: newer versions look up its name among the machine's zones first."""
    options = inspect.signature(zone.to_tz).parameters
    return zone.to_tz(lookup_tzid=False) if "lookup_tzid" in options else zone.to_tz()


def begin(event, zones):
    start = event["DTSTART"]
    zone = start.params.get("TZID")
    time = start.dt if zone is None else zones[zone].localize(start.dt.replace(tzinfo=None), is_dst=None)
    return int(time.timestamp())


for file in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    calendar = icalendar.Calendar.from_ical(file.read_bytes())
    zones = {str(zone["TZID"]): described(zone) for zone in calendar.walk("VTIMEZONE")}
    for event in calendar.walk("VEVENT"):
        print(event["UID"], begin(event, zones), event["SUMMARY"], sep="\t")
