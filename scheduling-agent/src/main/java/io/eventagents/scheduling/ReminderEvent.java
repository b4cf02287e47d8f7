package io.eventagents.scheduling;

/** What becomes of a reminder before its time. */
sealed interface ReminderEvent permits ReminderScheduled, ReminderRescheduled, ReminderCancelled {}
