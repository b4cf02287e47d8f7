package io.eventagents.audit;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the log is, {@code audit.directory}.
 *
 * @param directory the directory of the log, relative to the working directory. Keep it on a
 *     persistent volume that one audit agent writes to
 */
@ConfigurationProperties("audit")
record LogSettings(@DefaultValue("audit-log") Path directory) {}
