package io.eventagents.local.generator;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A chain under construction. An event that would occur after now is left out: the chain waits. */
final class Story {

  private final SplittableRandom random;
  private final Instant now;
  private final String correlationId;
  private final String traceId;
  private final List<GeneratedEvent> events = new ArrayList<>();

  Story(SplittableRandom random, Instant now, String correlationId) {
    this.random = random;
    this.now = now;
    this.correlationId = correlationId;
    this.traceId = hex(random) + hex(random);
  }

  /** The events that have occurred, in the order in which they were added. */
  List<GeneratedEvent> events() {
    return events;
  }

  GeneratedEvent root(
      String type, String key, String source, String call, Instant at, Consumer<ObjectNode> data) {
    return add(type, key, source, call, at, data);
  }

  /** An event about the same entity as its cause. */
  GeneratedEvent then(
      GeneratedEvent cause,
      String type,
      String source,
      Duration least,
      Duration most,
      Consumer<ObjectNode> data) {
    Instant at = cause.occurredAt().plusMillis(random.nextLong(least.toMillis(), most.toMillis()));
    return add(type, cause.key(), source, cause.id(), at, data);
  }

  private GeneratedEvent add(
      String type,
      String key,
      String source,
      String causationId,
      Instant at,
      Consumer<ObjectNode> data) {
    ObjectNode fields = JsonMapper.shared().createObjectNode();
    data.accept(fields);
    GeneratedEvent event =
        new GeneratedEvent(
            uuid(random),
            type,
            key,
            at.truncatedTo(ChronoUnit.MILLIS),
            fields,
            correlationId,
            causationId,
            source,
            "00-" + traceId + "-" + hex(random) + "-00");
    if (!at.isAfter(now)) {
      events.add(event);
    }
    return event;
  }

  static String uuid(SplittableRandom random) {
    return new UUID(
            (random.nextLong() & ~0xF000L) | 0x4000L,
            (random.nextLong() & ~(3L << 62)) | Long.MIN_VALUE)
        .toString();
  }

  /** 16 digits, not all of them zero. */
  private static String hex(SplittableRandom random) {
    return HexFormat.of().toHexDigits(random.nextLong() | 1);
  }
}
