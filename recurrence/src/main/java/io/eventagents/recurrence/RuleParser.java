package io.eventagents.recurrence;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the text of a rule. Names and words count in upper and lower case, as RFC 5545 says. */
final class RuleParser {

  private static final int MOST = 10_000;
  private static final int MOST_A_DAY = 96;

  private static final Set<String> KNOWN =
      Set.of(
          "FREQ",
          "INTERVAL",
          "COUNT",
          "UNTIL",
          "WKST",
          "BYMONTH",
          "BYWEEKNO",
          "BYYEARDAY",
          "BYMONTHDAY",
          "BYDAY",
          "BYHOUR",
          "BYMINUTE",
          "BYSECOND",
          "BYSETPOS",
          "RSCALE",
          "SKIP");
  private static final Set<String> TOO_OFTEN = Set.of("SECONDLY", "MINUTELY", "HOURLY");
  private static final List<String> DAYS = List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");
  private static final Pattern TEXT = Pattern.compile("[ -~]*");
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,9}");
  private static final Pattern WEEKDAY = Pattern.compile("([+-]?[0-9]{1,2})?([A-Z]{2})");
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private final Map<String, String> parts;
  private final Frequency frequency;

  private RuleParser(Map<String, String> parts) {
    this.parts = parts;
    this.frequency = frequency();
  }

  /**
   * What the text says.
   *
   * @throws InvalidRecurrence if it is no rule that a task can recur by
   */
  static RuleParts parse(String text) {
    if (!TEXT.matcher(text).matches()) {
      throw noRule("it has characters that no rule has");
    }
    Map<String, String> parts = new HashMap<>();
    for (String part : text.toUpperCase(Locale.ROOT).split(";", -1)) {
      int equals = part.indexOf('=');
      if (equals < 1) {
        throw noRule("%s is no part of a rule".formatted(part));
      }
      String name = part.substring(0, equals);
      if (!KNOWN.contains(name)) {
        throw noRule("%s is no part of a rule".formatted(name));
      }
      if (parts.put(name, part.substring(equals + 1)) != null) {
        throw noRule("%s is there more than once".formatted(name));
      }
    }
    return new RuleParser(parts).rule();
  }

  private RuleParts rule() {
    RuleParts rule =
        new RuleParts(
            frequency,
            parts.containsKey("INTERVAL")
                ? number("INTERVAL", parts.get("INTERVAL"), 1, 999_999_999)
                : 1,
            count(),
            until(),
            numbers("BYMONTH", 1, 12),
            signed("BYWEEKNO", 53),
            signed("BYYEARDAY", 366),
            signed("BYMONTHDAY", 31),
            weekdays(),
            numbers("BYHOUR", 0, 23),
            numbers("BYMINUTE", 0, 59),
            numbers("BYSECOND", 0, 60),
            signed("BYSETPOS", 366),
            parts.containsKey("WKST") ? day("WKST", parts.get("WKST")) : DayOfWeek.MONDAY);
    refuseOtherCalendars();
    refuseWhatDoesNotGoTogether(rule);
    refuseWhatComesTooOften(rule);
    return rule;
  }

  /** RFC 7529. What a rule without these parts means may be said. */
  private void refuseOtherCalendars() {
    String calendar = parts.get("RSCALE");
    if (calendar != null && !calendar.equals("GREGORIAN")) {
      throw new InvalidRecurrence(
          "must not have RSCALE=%s: a task recurs by the Gregorian calendar".formatted(calendar));
    }
    String skip = parts.get("SKIP");
    if (skip != null && (calendar == null || !skip.equals("OMIT"))) {
      throw new InvalidRecurrence(
          "must not have SKIP=%s: a day that a month does not have is left out".formatted(skip));
    }
  }

  private static void refuseWhatComesTooOften(RuleParts rule) {
    int aDay =
        Math.max(1, rule.hours().size())
            * Math.max(1, rule.minutes().size())
            * Math.max(1, rule.seconds().size());
    if (aDay > MOST_A_DAY) {
      throw new InvalidRecurrence(
          "must name at most %d times a day with BYHOUR, BYMINUTE and BYSECOND; this names %d"
              .formatted(MOST_A_DAY, aDay));
    }
  }

  private void refuseWhatDoesNotGoTogether(RuleParts rule) {
    if (rule.count() != null && rule.until() != null) {
      throw noRule("COUNT and UNTIL exclude each other");
    }
    if (frequency != Frequency.YEARLY) {
      refuse("BYWEEKNO");
      refuse("BYYEARDAY");
    }
    if (frequency == Frequency.WEEKLY) {
      refuse("BYMONTHDAY");
    }
    boolean takesOrdinals =
        frequency == Frequency.MONTHLY
            || (frequency == Frequency.YEARLY && rule.weekNumbers().isEmpty());
    if (!takesOrdinals && rule.weekdays().stream().anyMatch(weekday -> weekday.ordinal() != 0)) {
      throw noRule(
          "BYDAY has no numbers if FREQ is %s%s"
              .formatted(frequency, frequency == Frequency.YEARLY ? " with BYWEEKNO" : ""));
    }
    if (!rule.positions().isEmpty()
        && parts.keySet().stream().filter(name -> name.startsWith("BY")).count() == 1) {
      throw noRule("BYSETPOS needs another BY... part");
    }
  }

  private void refuse(String part) {
    if (parts.containsKey(part)) {
      throw noRule("%s does not go with FREQ=%s".formatted(part, frequency));
    }
  }

  private Frequency frequency() {
    String text = parts.get("FREQ");
    if (text == null) {
      throw noRule("FREQ is missing");
    }
    if (TOO_OFTEN.contains(text)) {
      throw new InvalidRecurrence(
          "must not recur %s: FREQ is DAILY, WEEKLY, MONTHLY or YEARLY".formatted(text));
    }
    return Arrays.stream(Frequency.values())
        .filter(known -> known.name().equals(text))
        .findFirst()
        .orElseThrow(() -> noRule("FREQ is DAILY, WEEKLY, MONTHLY or YEARLY"));
  }

  private @Nullable Integer count() {
    String text = parts.get("COUNT");
    if (text == null) {
      return null;
    }
    int count = number("COUNT", text, 1, Integer.MAX_VALUE);
    if (count > MOST) {
      throw new InvalidRecurrence("must have a COUNT of at most %d, or none".formatted(MOST));
    }
    return count;
  }

  private @Nullable Instant until() {
    String text = parts.get("UNTIL");
    if (text == null) {
      return null;
    }
    if (!text.endsWith("Z")) {
      throw new InvalidRecurrence(
          "must have an UNTIL in UTC, such as 20301231T235959Z, since the task is due at a time");
    }
    try {
      return LocalDateTime.parse(text, UTC).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException noSuchTime) {
      throw new InvalidRecurrence("must have an UNTIL that is a time of the calendar");
    }
  }

  private Set<Integer> numbers(String part, int least, int most) {
    Set<Integer> numbers = new TreeSet<>();
    for (String text : values(part)) {
      numbers.add(number(part, text, least, most));
    }
    return numbers;
  }

  private Set<Integer> signed(String part, int most) {
    Set<Integer> numbers = numbers(part, -most, most);
    if (numbers.contains(0)) {
      throw noRule("%s counts from 1, or from -1 backwards".formatted(part));
    }
    return numbers;
  }

  private List<WeekdayInPeriod> weekdays() {
    return values("BYDAY").stream().map(RuleParser::weekday).toList();
  }

  private List<String> values(String part) {
    String text = parts.get(part);
    return text == null ? List.of() : List.of(text.split(",", -1));
  }

  private static WeekdayInPeriod weekday(String text) {
    Matcher matcher = WEEKDAY.matcher(text);
    if (!matcher.matches()) {
      throw noRule("BYDAY is no list of days such as MO or -1FR");
    }
    String ordinal = matcher.group(1);
    int number = ordinal == null ? 0 : number("BYDAY", ordinal, -53, 53);
    if (ordinal != null && number == 0) {
      throw noRule("BYDAY counts from 1, or from -1 backwards");
    }
    return new WeekdayInPeriod(number, day("BYDAY", matcher.group(2)));
  }

  private static DayOfWeek day(String part, String text) {
    int index = DAYS.indexOf(text);
    if (index < 0) {
      throw noRule("%s knows the days %s".formatted(part, String.join(", ", DAYS)));
    }
    return DayOfWeek.of(index + 1);
  }

  private static int number(String part, String text, int least, int most) {
    if (NUMBER.matcher(text).matches()) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw noRule("%s takes whole numbers from %d to %d".formatted(part, least, most));
  }

  private static InvalidRecurrence noRule(String reason) {
    return new InvalidRecurrence(
        "must be a rule of RFC 5545, such as FREQ=WEEKLY;BYDAY=MO, without RRULE: before it (%s)"
            .formatted(reason));
  }
}
