package io.eventagents.audit.console;

/**
 * A further page in the navigation of the console. Define it as a bean in the application that
 * serves both.
 *
 * @param label the text of the link
 * @param path of the page
 */
public record ConsoleLink(String label, String path) {}
