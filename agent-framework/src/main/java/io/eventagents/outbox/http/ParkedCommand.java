package io.eventagents.outbox.http;

import static io.eventagents.deadletter.http.OperatorRequest.problem;

import io.eventagents.deadletter.http.DeadLetterInput;
import io.eventagents.outbox.ParkedSelection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The body of a release or discard of many parked records.
 *
 * @param topic those that were to go to this topic
 * @param reason whose reason contains this
 * @param from that were parked then or later
 * @param to that were parked before
 * @param dryRun whether they are only counted
 */
@JsonNaming(SnakeCaseStrategy.class)
record ParkedCommand(
    @Nullable String topic,
    @Nullable String reason,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Boolean dryRun) {

  /**
   * @throws ErrorResponseException where it is none, or would mean every record
   */
  static ParkedCommand read(byte @Nullable [] body) {
    ParkedCommand command = body == null || body.length == 0 ? null : parse(body);
    if (command == null || !command.selection().names()) {
      throw problem(
          HttpStatus.BAD_REQUEST,
          "Name the records by at least one of topic, reason, from and to.");
    }
    DeadLetterInput.storable("from", command.from());
    DeadLetterInput.storable("to", command.to());
    return command;
  }

  private static @Nullable ParkedCommand parse(byte[] body) {
    try {
      return DeadLetterInput.STRICT.readValue(body, ParkedCommand.class);
    } catch (JacksonException e) {
      throw problem(
          HttpStatus.BAD_REQUEST,
          "The body must be a JSON object with any of topic, reason, from, to (ISO 8601) and dry_run (true or false): "
              + e.getOriginalMessage());
    }
  }

  ParkedSelection selection() {
    return new ParkedSelection(topic, reason, from, to);
  }

  boolean isDryRun() {
    return Boolean.TRUE.equals(dryRun);
  }
}
