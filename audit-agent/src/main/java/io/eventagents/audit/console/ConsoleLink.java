package io.eventagents.audit.console;

/**
 * A page beside the console's own, in its navigation: a bean of the application that serves both.
 *
 * @param label as it is shown
 * @param path of the page
 */
public record ConsoleLink(String label, String path) {}
