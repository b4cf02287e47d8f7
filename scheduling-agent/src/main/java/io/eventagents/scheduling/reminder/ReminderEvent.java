package io.eventagents.scheduling.reminder;

/** What becomes of a reminder before its time. */
public sealed interface ReminderEvent
    permits ReminderScheduled, ReminderRescheduled, ReminderCancelled {}
