package io.eventagents.scheduling.reminder;

/** What is published when a reminder's time has come. */
public sealed interface TimerEvent permits ReminderDue, ReminderScheduled {}
