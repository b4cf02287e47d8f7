package io.eventagents.scheduling.reminder;

import java.util.Collection;
import java.util.UUID;

/**
 * Shows reminders elsewhere, such as in calendars on other servers. Each method is called in the
 * transaction that changes the reminders.
 */
public interface ShownReminders {

  /** A reminder is new or has changed. */
  void show(Reminder reminder);

  /** These reminders are deleted. */
  void forget(Collection<UUID> reminders);
}
