package io.eventagents.scheduling;

/**
 * A reminder whose time has come.
 *
 * @param recurs whether its task does
 */
record DueReminder(Reminder reminder, boolean recurs) {}
