package io.eventagents.notification.directory;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of a recipient cannot be used. */
public final class InvalidRecipient extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Map<String, String> errors;

  InvalidRecipient(String message, Map<String, String> errors, @Nullable Throwable cause) {
    super(errors.isEmpty() ? message : message + ": " + errors, cause);
    this.errors = new LinkedHashMap<>(errors);
  }

  /** What is wrong, by field; empty where it is the whole. */
  Map<String, String> errors() {
    return errors;
  }
}
