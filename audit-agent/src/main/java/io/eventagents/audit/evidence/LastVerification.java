package io.eventagents.audit.evidence;

import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.verification.VerificationResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the result of the last verification beside the log, so that a restart neither forgets it
 * nor has to begin with another. It proves nothing.
 */
final class LastVerification {

  private static final String FILE = "last-verification.json";

  private static final Logger log = LoggerFactory.getLogger(LastVerification.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final LogDirectory directory;

  LastVerification(LogDirectory directory) {
    this.directory = directory;
  }

  @Nullable VerificationResult load() {
    Path file = directory.path().resolve(FILE);
    try {
      return Files.exists(file)
          ? JSON.readValue(Files.readAllBytes(file), VerificationResult.class)
          : null;
    } catch (IOException | JacksonException e) {
      log.info("{} is unreadable; the log is verified anew: {}", file, e.toString());
      return null;
    }
  }

  void keep(VerificationResult result) {
    try {
      directory.replace(FILE, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(result));
    } catch (IOException | JacksonException e) {
      log.warn("The result of the verification could not be kept; it is forgotten at a restart", e);
    }
  }
}
