package io.eventagents.notification.template;

/**
 * A template as it was found.
 *
 * @param name which it is
 * @param place where it was found, for messages
 * @param text its content
 */
record TemplateFile(TemplateName name, String place, String text) {}
