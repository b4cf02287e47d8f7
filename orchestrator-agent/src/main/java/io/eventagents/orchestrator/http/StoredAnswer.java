package io.eventagents.orchestrator.http;

import io.eventagents.orchestrator.task.Task;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * The answer to a command. It is written once, so that a repeat gets exactly the same.
 *
 * @param status the HTTP status
 * @param mediaType of the body; null without one
 * @param body as sent
 * @param location of a new task
 * @param etag of the task
 */
record StoredAnswer(
    int status,
    @Nullable String mediaType,
    String body,
    @Nullable String location,
    @Nullable String etag) {

  static StoredAnswer created(Task task) {
    return new StoredAnswer(
        201,
        MediaType.APPLICATION_JSON_VALUE,
        HttpJson.text(CreatedView.of(task)),
        "/tasks/" + task.id(),
        TaskTag.of(task).header());
  }

  static StoredAnswer changed(Task task) {
    return new StoredAnswer(
        200,
        MediaType.APPLICATION_JSON_VALUE,
        HttpJson.text(TaskView.of(task)),
        null,
        TaskTag.of(task).header());
  }

  static StoredAnswer deleted() {
    return new StoredAnswer(204, null, "", null, null);
  }

  static StoredAnswer lines(String lines) {
    return new StoredAnswer(200, BulkLines.MEDIA_TYPE, lines, null, null);
  }

  ResponseEntity<byte[]> response() {
    ResponseEntity.BodyBuilder response = ResponseEntity.status(status);
    if (location != null) {
      response.location(URI.create(location));
    }
    if (etag != null) {
      response.eTag(etag);
    }
    if (mediaType == null) {
      return response.build();
    }
    return response
        .contentType(MediaType.parseMediaType(mediaType))
        .body(body.getBytes(StandardCharsets.UTF_8));
  }
}
