package io.eventagents.audit.console;

/**
 * What went wrong, by the event that reports it.
 *
 * @param reason as the viewer may see it; empty if the event has none
 * @param attempts how often it was tried; 0 if the event does not tell
 */
record Failure(String reason, int attempts) {}
