package io.eventagents.scheduling.reminder;

import java.util.List;

/**
 * Some reminders of an owner.
 *
 * @param shown in the order of their times
 * @param cut whether the owner has others in that period
 */
public record OwnerReminders(List<Reminder> shown, boolean cut) {}
