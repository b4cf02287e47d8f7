package io.eventagents.scheduling.caldav;

import io.eventagents.DatabaseFailure;
import io.eventagents.background.Backoff;
import io.eventagents.background.FailureOnce;
import io.eventagents.scheduling.calendar.CalendarFeed;
import io.eventagents.scheduling.reminder.Reminder;
import io.eventagents.scheduling.reminder.Reminders;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a calendar show its owner's reminders, a few objects at a time. A thread of its own calls
 * each server, without an open transaction.
 *
 * <p>While the server is away, its objects wait, longer each time. Nothing else does.
 */
public final class CalendarPush {

  private static final Logger log = LoggerFactory.getLogger(CalendarPush.class);
  private static final int AT_ONCE = 20;
  private static final int MOST_REFUSED_OWNERS = 1_000;

  /** Longer than all of these objects take if each answer comes at the last moment. */
  private static final Duration LEASE = Duration.ofMinutes(5);

  private static final Duration SHORTEST_DELAY = Duration.ofSeconds(1);

  private final CalDavCalendars.Calendar calendar;
  private final CalendarObjects objects;
  private final Reminders reminders;
  private final CalendarFeed format;
  private final CalDavClient client;
  private final Backoff delays;
  private final Clock clock;
  private final FailureOnce outage;
  private final Set<String> refusedOwners;
  private boolean isAdopted;

  public CalendarPush(
      CalDavCalendars.Calendar calendar,
      CalendarObjects objects,
      Reminders reminders,
      CalendarFeed format,
      CalDavClient client,
      Duration longestDelay,
      Clock clock) {
    this.calendar = calendar;
    this.objects = objects;
    this.reminders = reminders;
    this.format = format;
    this.client = client;
    this.delays = new Backoff(SHORTEST_DELAY, longestDelay);
    this.clock = clock;
    this.outage =
        new FailureOnce(
            () -> log.info("The server of the calendar of {} answers again", calendar.owner()));
    this.refusedOwners =
        Collections.newSetFromMap(
            new LinkedHashMap<>() {
              private static final long serialVersionUID = 1L;

              @Override
              protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > MOST_REFUSED_OWNERS;
              }
            });
  }

  /** Pushes some objects and returns whether there may be more. */
  public boolean push() {
    if (!isAdopted) {
      objects.adopt(calendar);
      isAdopted = true;
    }
    // Objects that were left because of another come before that one.
    List<CalendarObject> taken =
        objects.take(calendar.owner(), AT_ONCE, LEASE).stream()
            .sorted(Comparator.comparingInt(CalendarObject::failures))
            .toList();
    Map<String, CalDavUnavailable> away = new HashMap<>();
    for (int i = 0; i < taken.size(); i++) {
      CalendarObject object = taken.get(i);
      CalDavUnavailable reason = away.get(object.ownerId());
      if (reason != null) {
        leave(object, reason);
        continue;
      }
      try {
        push(object);
        outage.ends();
        tellSuccess(object);
      } catch (CalDavUnavailable e) {
        if (!e.isAnswered()) {
          tellOutage(e);
          // The others would wait for the same server.
          taken.subList(i, taken.size()).forEach(this::postpone);
          return false;
        }
        outage.ends();
        tellRefusal(object, e);
        // Only that owner's calendar may be refused: the others must not wait for it.
        away.put(object.ownerId(), e);
        postpone(object);
      } catch (RuntimeException | Error e) {
        if (DatabaseFailure.isOutage(e)) {
          throw e; // the result of another push could not be stored either
        }
        // Whatever is wrong with this object, the others must not wait for it.
        postpone(object);
        if (object.failures() == 0) {
          log.warn("Reminder {} cannot be pushed; it is tried again", object.reminderId(), e);
        }
      }
    }
    return away.isEmpty() && taken.size() == AT_ONCE;
  }

  private void push(CalendarObject object) {
    CalDavCollection collection = calendar.of(object.ownerId());
    try {
      Optional<Reminder> reminder =
          object.isWanted() ? reminders.find(object.reminderId()) : Optional.empty();
      if (reminder.isPresent()) {
        byte[] calendarObject = format.object(reminder.get());
        objects.stored(
            object,
            client.put(collection, object.name(), calendarObject, object.etag()).orElse(null));
      } else {
        client.delete(collection, object.name(), object.etag());
        objects.removed(object);
      }
    } catch (CalDavRefusal e) {
      log.warn("Reminder {} stays out of a calendar: {}", object.reminderId(), e.getMessage());
      objects.stored(object, object.etag());
    }
  }

  private void tellOutage(CalDavUnavailable e) {
    tell(outage.begins(), e);
  }

  /**
   * Once for each owner, and not again for an object that fails for long while others go: any
   * instance may have pushed what another saw fail.
   */
  private void tellRefusal(CalendarObject object, CalDavUnavailable e) {
    tell(object.failures() == 0 && refusedOwners.add(object.ownerId()), e);
  }

  private void tellSuccess(CalendarObject object) {
    if (refusedOwners.remove(object.ownerId())) {
      log.info("The calendar of {} waits no longer", object.ownerId());
    }
  }

  private void tell(boolean isNews, CalDavUnavailable e) {
    if (isNews) {
      log.warn("The calendar of {} waits: {}", calendar.owner(), e.getMessage());
    } else {
      log.debug("The calendar of {} still waits", calendar.owner(), e);
    }
  }

  /**
   * Leaves an object untried, because another of its owner was refused. Perhaps only that one is:
   * the next round begins with those that failed least. But if the server refused the login, each
   * try would be one more wrong password.
   */
  private void leave(CalendarObject object, CalDavUnavailable reason) {
    if (reason.isOfTheLogin()) {
      postpone(object);
    } else {
      objects.leave(object, clock.instant().plus(SHORTEST_DELAY));
    }
  }

  private void postpone(CalendarObject object) {
    objects.postpone(object, clock.instant().plus(delays.after(object.failures() + 1)));
  }
}
