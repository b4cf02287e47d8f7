package io.eventagents.audit;

import io.eventagents.audit.retention.ArchiveSettings;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the log is, {@code audit.directory} and {@code audit.archive.*}.
 *
 * @param directory where the log is written; relative to the working directory. It belongs on a
 *     volume that is kept, with one audit agent writing to it
 * @param archive what becomes of old files
 */
@ConfigurationProperties("audit")
record LogSettings(
    @DefaultValue("audit-log") Path directory, @DefaultValue ArchiveSettings archive) {}
