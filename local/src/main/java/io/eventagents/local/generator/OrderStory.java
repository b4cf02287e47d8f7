package io.eventagents.local.generator;

import io.eventagents.local.generator.SampleWords.Customer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An order and what became of it, as invented agents would publish it: 3 to 13 events. */
final class OrderStory {

  static final List<String> TOPICS =
      List.of(
          "order-events",
          "payment-events",
          "stock-events",
          "invoice-events",
          "parcel-events",
          "delivery-events");

  private static final Duration MOMENT = Duration.ofMillis(20);
  private static final Duration SECONDS = Duration.ofSeconds(20);

  private final SplittableRandom random;
  private final Customer customer;
  private final String orderId;
  private final Story story;
  private final Instant placedAt;
  private final BigDecimal total;

  private OrderStory(SplittableRandom random, Instant now, Instant placedAt) {
    this.random = random;
    this.customer = Customer.of(random);
    this.orderId = "order-" + Story.uuid(random).substring(0, 13);
    this.story = new Story(random, now, "req-" + Story.uuid(random));
    this.placedAt = placedAt;
    this.total = BigDecimal.valueOf(random.nextLong(500, 60_000), 2);
  }

  static List<GeneratedEvent> tell(SplittableRandom random, Instant now, Instant placedAt) {
    return new OrderStory(random, now, placedAt).tell();
  }

  private List<GeneratedEvent> tell() {
    GeneratedEvent placed =
        story.root(
            "order.placed", orderId, "shop-api", "api-place-" + orderId, placedAt, this::order);
    if (random.nextInt(100) < 6) {
      refuse(placed);
    } else {
      fulfil(placed);
    }
    return story.events();
  }

  private void order(ObjectNode data) {
    data.put("order_id", orderId);
    data.put("owner_id", customer.ownerId());
    data.put("name", customer.name());
    data.put("email", customer.email());
    ArrayNode items = data.putArray("items");
    int count = random.nextInt(1, 4);
    for (int i = 0; i < count; i++) {
      items
          .addObject()
          .put("sku", "sku-" + random.nextInt(1000, 9999))
          .put("name", SampleWords.product(random))
          .put("quantity", random.nextInt(1, 5));
    }
    data.put("total", total);
    data.put("currency", "EUR");
    data.putObject("shipping")
        .put("city", SampleWords.city(random))
        .put("express", random.nextBoolean());
    if (random.nextInt(4) == 0) {
      data.put("note", SampleWords.note(random));
    }
  }

  private void refuse(GeneratedEvent placed) {
    GeneratedEvent refused =
        story.then(
            placed,
            "payment.refused",
            "payment-agent",
            MOMENT,
            SECONDS,
            data ->
                about(data)
                    .put("amount", total)
                    .put("reason", random.nextBoolean() ? "insufficient funds" : "card expired"));
    story.then(
        refused,
        "order.cancelled",
        "order-agent",
        MOMENT,
        SECONDS,
        data -> about(data).put("because", "payment refused"));
  }

  private void fulfil(GeneratedEvent placed) {
    story.then(
        placed,
        "stock.reserved",
        "stock-agent",
        MOMENT,
        SECONDS,
        data -> about(data).put("warehouse", SampleWords.city(random)));
    GeneratedEvent taken =
        story.then(
            placed,
            "payment.taken",
            "payment-agent",
            MOMENT,
            SECONDS,
            data ->
                about(data)
                    .put("payment_id", "pay-" + Story.uuid(random))
                    .put("amount", total)
                    .put("method", random.nextBoolean() ? "card" : "transfer"));
    invoice(taken);
    GeneratedEvent packed =
        story.then(
            taken,
            "parcel.packed",
            "parcel-agent",
            Duration.ofMinutes(5),
            Duration.ofHours(8),
            data -> about(data).put("grams", random.nextInt(80, 20_000)));
    GeneratedEvent sent =
        story.then(
            packed,
            "parcel.sent",
            "parcel-agent",
            Duration.ofMinutes(20),
            Duration.ofHours(6),
            data ->
                about(data)
                    .put("carrier", random.nextBoolean() ? "north-parcel" : "quickship")
                    .put(
                        "tracking_number", "TR" + random.nextLong(1_000_000_000L, 9_999_999_999L)));
    deliver(sent);
  }

  private void invoice(GeneratedEvent taken) {
    GeneratedEvent issued =
        story.then(
            taken,
            "invoice.issued",
            "invoice-agent",
            MOMENT,
            SECONDS,
            data ->
                about(data)
                    .put("invoice_id", "inv-" + random.nextInt(100_000, 999_999))
                    .put("email", customer.email())
                    .put("total", total));
    if (random.nextInt(100) < 3) {
      fail(issued);
    }
  }

  /** An agent gives up on the invoice. A third of these is replayed, a third discarded. */
  private void fail(GeneratedEvent issued) {
    int offset = random.nextInt(1_000_000);
    GeneratedEvent failed =
        story.then(
            issued,
            "delivery.failed",
            "invoice-mail",
            SECONDS,
            Duration.ofMinutes(2),
            data ->
                delivery(data, issued, offset)
                    .put("reason", "550 5.1.1 <" + customer.email() + ">: no such user here")
                    .put("attempts", 5)
                    .put("dead_letter_topic", "invoice-mail-dead-letters"));
    int outcome = random.nextInt(3);
    if (outcome < 2) {
      story.then(
          failed,
          outcome == 0 ? "delivery.replayed" : "delivery.discarded",
          "invoice-mail",
          Duration.ofMinutes(10),
          Duration.ofHours(4),
          data ->
              delivery(data, issued, offset)
                  .put("requested_by", "operator")
                  .put("requested_at", failed.occurredAt().toString()));
    }
  }

  private static ObjectNode delivery(ObjectNode data, GeneratedEvent of, int offset) {
    return data.put("agent", "invoice-mail")
        .put("event_id", of.id())
        .put("event_type", of.type())
        .put("topic", GeneratedEvent.topic(of.type()))
        .put("partition", 0)
        .put("offset", offset);
  }

  private void deliver(GeneratedEvent sent) {
    GeneratedEvent last = sent;
    int scans = random.nextInt(3);
    for (int i = 0; i < scans; i++) {
      last =
          story.then(
              last,
              "parcel.scanned",
              "carrier-gateway",
              Duration.ofHours(1),
              Duration.ofHours(12),
              data -> about(data).put("place", SampleWords.city(random)));
    }
    boolean returned = random.nextInt(50) == 0;
    GeneratedEvent arrived =
        story.then(
            last,
            returned ? "parcel.returned" : "parcel.delivered",
            "carrier-gateway",
            Duration.ofHours(1),
            Duration.ofHours(14),
            data -> about(data).put("signed_by", returned ? "sender" : customer.name()));
    GeneratedEvent completed =
        story.then(arrived, "order.completed", "order-agent", MOMENT, SECONDS, this::about);
    if (random.nextInt(5) == 0) {
      story.then(
          completed,
          "order.reviewed",
          "shop-api",
          Duration.ofHours(2),
          Duration.ofHours(30),
          data ->
              about(data)
                  .put("owner_id", customer.ownerId())
                  .put("stars", random.nextInt(1, 6))
                  .put("text", SampleWords.review(random)));
    }
  }

  private ObjectNode about(ObjectNode data) {
    return data.put("order_id", orderId);
  }
}
