package io.eventagents.scheduling.reminder;

/**
 * A reminder whose time has come.
 *
 * @param recurs whether its task recurs
 */
record DueReminder(Reminder reminder, boolean recurs) {}
