package io.eventagents.audit.console;

/**
 * What went wrong, as the event says it.
 *
 * @param reason as the viewer may see it; empty where it says none
 * @param attempts how often it was tried; 0 where it does not say
 */
record Failure(String reason, int attempts) {}
