package io.eventagents.scheduling;

/** What is published when a reminder's time has come. */
sealed interface TimerEvent permits ReminderDue, ReminderScheduled {}
