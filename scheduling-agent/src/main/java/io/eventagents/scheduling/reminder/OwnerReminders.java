package io.eventagents.scheduling.reminder;

import java.util.List;

/**
 * Reminders of an owner.
 *
 * @param shown in order of their times
 * @param cut whether the owner has others in that time
 */
public record OwnerReminders(List<Reminder> shown, boolean cut) {}
