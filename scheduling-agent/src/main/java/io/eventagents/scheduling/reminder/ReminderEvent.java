package io.eventagents.scheduling.reminder;

/** What happens to a reminder before its time. */
public sealed interface ReminderEvent
    permits ReminderScheduled, ReminderRescheduled, ReminderCancelled {}
