package io.eventagents.local.generator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/** A chain that is too long for one page: stock is counted, area by area. */
final class LongStory {

  /** The number of its events. */
  static final int EVENTS = 10_000;

  static final String TOPIC = "inventory-events";

  private static final int AREAS = 100;
  private static final Duration MOMENT = Duration.ofMillis(200);
  private static final Duration HOURS = Duration.ofHours(5);

  private LongStory() {}

  static List<GeneratedEvent> tell(SplittableRandom random, Instant now, String correlationId) {
    Story story = new Story(random, now, correlationId);
    GeneratedEvent opened =
        story.root(
            "inventory.opened",
            correlationId,
            "stock-api",
            "api-open-" + correlationId,
            now.minus(Duration.ofHours(30)),
            data -> data.put("warehouse", SampleWords.city(random)).put("areas", AREAS));
    int counted = 0;
    for (int area = 1; area <= AREAS; area++) {
      int number = area;
      GeneratedEvent assigned =
          story.then(
              opened,
              "inventory.assigned",
              "stock-agent",
              MOMENT,
              HOURS,
              data ->
                  data.put("area", number)
                      .put("owner_id", SampleWords.Customer.of(random).ownerId()));
      int until = (EVENTS - 2 - AREAS) * area / AREAS;
      for (; counted < until; counted++) {
        int shelf = counted;
        story.then(
            assigned,
            "inventory.counted",
            "count-agent",
            MOMENT,
            HOURS,
            data ->
                data.put("area", number)
                    .put("shelf", "shelf-" + shelf)
                    .put("product", SampleWords.product(random))
                    .put("pieces", random.nextInt(400)));
      }
    }
    story.then(
        opened,
        "inventory.closed",
        "stock-agent",
        Duration.ofHours(11),
        Duration.ofHours(12),
        data -> data.put("shelves", EVENTS - 2 - AREAS));
    return story.events();
  }
}
