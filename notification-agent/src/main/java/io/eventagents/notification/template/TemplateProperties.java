package io.eventagents.notification.template;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How messages are worded.
 *
 * @param location a folder of templates that take the place of those that come along; read at the
 *     start
 */
@ConfigurationProperties("notification.templates")
record TemplateProperties(@Nullable Path location) {}
