package io.eventagents.notification.directory;

import io.eventagents.http.Problems;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The table of recipients over HTTP. */
@RestController
@RequestMapping(path = "/recipients/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
final class RecipientController {

  private final RecipientTable table;

  RecipientController(RecipientTable table) {
    this.table = table;
  }

  @GetMapping
  String show(@PathVariable String id) {
    try {
      return table.find(id).map(RecipientDocument::write).orElseThrow(() -> unknown(id));
    } catch (InvalidRecipient damaged) { // which only a change by hand in the table can cause
      throw Problems.of(
          HttpStatus.INTERNAL_SERVER_ERROR,
          "The stored recipient '%s' is damaged. Put it again.".formatted(id),
          damaged);
    }
  }

  @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<String> put(
      @PathVariable String id, @RequestBody(required = false) byte @Nullable [] body) {
    if (!OwnerId.isValid(id)) {
      throw new ResponseStatusException(
          HttpStatus.BAD_REQUEST,
          "The id must have 1 to 255 characters, none of them a control character.");
    }
    Recipient recipient = RecipientDocument.strict(id, body);
    boolean created = table.put(recipient);
    return ResponseEntity.status(created ? HttpStatus.CREATED : HttpStatus.OK)
        .body(RecipientDocument.write(recipient));
  }

  @DeleteMapping
  ResponseEntity<Void> delete(@PathVariable String id) {
    if (!OwnerId.isValid(id) || !table.delete(id)) {
      throw unknown(id);
    }
    return ResponseEntity.noContent().build();
  }

  private static ResponseStatusException unknown(String id) {
    return new ResponseStatusException(
        HttpStatus.NOT_FOUND, "There is no recipient '%s'.".formatted(id));
  }
}
