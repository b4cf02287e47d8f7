package io.eventagents.notification.template;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The wording of messages.
 *
 * @param location a folder of templates that replace the built-in ones; read at the start
 */
@ConfigurationProperties("notification.templates")
record TemplateProperties(@Nullable Path location) {}
