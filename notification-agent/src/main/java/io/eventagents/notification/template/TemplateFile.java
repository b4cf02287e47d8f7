package io.eventagents.notification.template;

/**
 * The file of a template.
 *
 * @param name the name of the template
 * @param place the path of the file, for messages
 * @param text its content
 */
record TemplateFile(TemplateName name, String place, String text) {}
