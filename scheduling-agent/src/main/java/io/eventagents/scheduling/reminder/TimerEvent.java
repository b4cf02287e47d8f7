package io.eventagents.scheduling.reminder;

/** An event that the timer publishes when a reminder's time has come. */
public sealed interface TimerEvent permits ReminderDue, ReminderScheduled {}
