package io.eventagents.outbox.http;

import io.eventagents.http.InvalidRequest;
import io.eventagents.http.JsonBody;
import io.eventagents.http.JsonFields;
import io.eventagents.http.JsonValues;
import io.eventagents.outbox.ParkedSelection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of a release or discard of many parked records.
 *
 * @param selection the records that it names
 * @param dryRun whether they are only counted
 */
record ParkedCommand(ParkedSelection selection, boolean dryRun) {

  /**
   * @throws InvalidRequest if it is malformed, or would mean every record
   */
  static ParkedCommand read(byte @Nullable [] body) {
    JsonFields fields = new JsonFields(JsonBody.readOptional(body));
    ParkedSelection selection =
        new ParkedSelection(
            fields.optional("topic", JsonValues::text),
            fields.optional("reason", JsonValues::text),
            fields.optional("from", JsonValues::time),
            fields.optional("to", JsonValues::time));
    Boolean dryRun = fields.optional("dry_run", JsonValues::flag);
    fields.refuseUnknown(
        Set.of("topic", "reason", "from", "to", "dry_run"),
        "is not known; there are topic, reason, from, to and dry_run");
    fields.check();
    if (!selection.names()) {
      throw new InvalidRequest("Name the records by at least one of topic, reason, from and to.");
    }
    return new ParkedCommand(selection, Boolean.TRUE.equals(dryRun));
  }
}
