package io.eventagents.scheduling;

import java.util.List;

/**
 * Reminders of an owner.
 *
 * @param shown in order of their times
 * @param cut whether the owner has others in that time
 */
record OwnerReminders(List<Reminder> shown, boolean cut) {}
