package io.eventagents.faults;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What became of a dead letter is reported once, in the chain of its event, with the failure as the
 * cause and with who requested it and when.
 */
final class ResolutionsCheck implements Check {

  @Override
  public void check(Topics topics, Findings findings) {
    Map<String, EventRecord> deliveries = Topics.distinct(topics.of(Topics.DELIVERIES));
    Map<String, EventRecord> told = new HashMap<>();
    for (EventRecord resolution : deliveries.values()) {
      if (resolution.type().equals("delivery.failed")) {
        continue;
      }
      EventRecord other = told.put(resolution.causationId(), resolution);
      if (other != null) {
        findings.wrong(
            "two different events report the resolution of one failure: "
                + other
                + " and "
                + resolution);
      }
      EventRecord failed = deliveries.get(resolution.causationId());
      if (failed == null) {
        findings.missing("the delivery.failed that " + resolution + " answers");
      } else if (!isOfOneFailure(resolution, failed)) {
        findings.wrong(resolution + " is not about " + failed + ", which it names as its cause");
      }
      if (resolution.data("requested_by").isEmpty() || !isTime(resolution.data("requested_at"))) {
        findings.wrong(resolution + " does not say who requested it and when");
      }
    }
  }

  private static boolean isOfOneFailure(EventRecord resolution, EventRecord failed) {
    return failed.type().equals("delivery.failed")
        && failed.correlationId().equals(resolution.correlationId())
        && failed.key().equals(resolution.key())
        && failed.data("agent").equals(resolution.data("agent"))
        && origin(failed).equals(origin(resolution));
  }

  private static Place origin(EventRecord delivery) {
    return new Place(
        delivery.data("topic"),
        delivery.envelope().path("data").path("partition").asInt(-1),
        delivery.envelope().path("data").path("offset").asLong(-1));
  }

  private static boolean isTime(String text) {
    try {
      return Instant.parse(text).isAfter(Instant.EPOCH);
    } catch (DateTimeException e) {
      return false;
    }
  }
}
