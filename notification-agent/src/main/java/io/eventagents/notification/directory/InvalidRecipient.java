package io.eventagents.notification.directory;

import io.eventagents.http.InvalidRequest;
import java.util.stream.Collectors;

/** What a directory knows about a recipient cannot be used. */
public final class InvalidRecipient extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvalidRecipient(String message) {
    super(message);
  }

  /** The document is not valid. No client sent it, so this is not a refusal over HTTP. */
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
