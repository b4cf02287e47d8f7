#!/usr/bin/python3
"""Random recurrence rules, and when they recur by python-dateutil.

Usage: rules.py NUMBER SEED

Prints NUMBER lines: the rule, a tab, the first time of the series, a tab, up to 20 later times of the 60 years
behind it, with commas. Rules that python-dateutil is known to read in another way than RFC 5545 are not made: see
the notes below.
"""

import datetime
import random
import sys

import dateutil.rrule

YEARS = 60
TIMES = 20
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

# A rule that names no time is given up sooner than in the year 9999.
datetime.MAXYEAR = 2030 + YEARS + 2


def some(values, most):
    return ",".join(str(value) for value in sorted({random.choice(values) for _ in range(random.randint(1, most))}))


def weekdays(parts):
    """With numbers where they are allowed."""
    frequency = parts[0][5:]
    names = [part.split("=")[0] for part in parts]
    if frequency not in ("MONTHLY", "YEARLY") or "BYWEEKNO" in names or random.random() < 0.5:
        return some(DAYS, 4)
    numbers = [1, 2, 3, 4, 5, -1, -2, -5]
    if frequency == "YEARLY" and "BYMONTH" not in names:
        numbers += [20, 53, -53]
    return ",".join(sorted({str(random.choice(numbers)) + random.choice(DAYS) for _ in range(random.randint(1, 3))}))


def rule():
    frequency = random.choice(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])
    parts = ["FREQ=" + frequency]
    if random.random() < 0.4:
        parts.append("INTERVAL=%d" % random.choice([2, 3, 4, 5, 7, 10, 12, 13]))
    if random.random() < 0.3:
        parts.append("BYMONTH=" + some(range(1, 13), 3))
    # python-dateutil misjudges which days of January and December belong to weeks 52, 53 and -53; without BYDAY, it
    # takes all days of a week.
    by_week = frequency == "YEARLY" and random.random() < 0.2
    if by_week:
        parts.append("BYWEEKNO=" + some([*range(1, 52), -1, -2, -51, 1], 3))
    if frequency == "YEARLY" and random.random() < 0.2:
        parts.append("BYYEARDAY=" + some([*range(1, 367), -1, -366, 366, -100], 4))
    if frequency != "WEEKLY" and random.random() < 0.3:
        parts.append("BYMONTHDAY=" + some([*range(1, 32), -1, -2, -31, 31], 4))
    if by_week or random.random() < 0.4:
        parts.append("BYDAY=" + weekdays(parts))
    if random.random() < 0.2:
        parts.append("BYHOUR=" + some(range(24), 3))
    if random.random() < 0.1:
        parts.append("BYMINUTE=" + some(range(60), 3))
    # Of the week that a series begins in, python-dateutil counts only the days from the first time on.
    if frequency != "WEEKLY" and any(part.startswith("BY") for part in parts) and random.random() < 0.25:
        parts.append("BYSETPOS=" + some([1, 2, 3, -1, -2, 1, -1], 2))
    if random.random() < 0.3:
        parts.append("WKST=" + random.choice(DAYS))
    return ";".join(parts)


def start():
    time = datetime.datetime(random.randint(2000, 2030), random.randint(1, 12), random.randint(1, 28),
                             random.randint(0, 23), random.choice([0, 30]))
    if random.random() < 0.15:
        time = time.replace(month=random.choice([1, 3, 5, 7, 8, 10, 12]), day=31)
    if random.random() < 0.05:
        time = time.replace(year=2024, month=2, day=29)
    return time


def later(text, first):
    last = first.replace(year=first.year + YEARS)
    found = []
    for time in dateutil.rrule.rrulestr(text, dtstart=first):
        if time > last or len(found) == TIMES:
            break
        if time > first:
            found.append(time)
    return found


def minutes(time):
    return time.isoformat(timespec="minutes")


random.seed(int(sys.argv[2]))
for _ in range(int(sys.argv[1])):
    text, first = rule(), start()
    print(text, minutes(first), ",".join(minutes(time) for time in later(text, first)), sep="\t")
