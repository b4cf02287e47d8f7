package io.eventagents.notification.directory;

import io.eventagents.http.InvalidRequest;
import java.util.stream.Collectors;

/** What a directory knows of a recipient cannot be used. */
public final class InvalidRecipient extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvalidRecipient(String message) {
    super(message);
  }

  /** The document is not as it must be. Nobody made a request, so this is no problem of HTTP. */
  InvalidRecipient(InvalidRequest fault) {
    super(told(fault), fault);
  }

  private static String told(InvalidRequest fault) {
    return fault.errors().isEmpty()
        ? fault.getMessage()
        : fault.errors().stream()
            .map(error -> error.field() + "=" + error.message())
            .collect(Collectors.joining(", ", "The recipient is not valid: {", "}"));
  }
}
