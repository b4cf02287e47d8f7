package io.eventagents.test;

import static io.eventagents.test.ChainAssert.assertThatChain;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventagents.Event;
import io.eventagents.EventMetadata;
import io.eventagents.wire.EventWriter;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Assertions on a chain fail if something is wrong with it. */
class ChainTests {

  private static final Instant NOON = Instant.parse("2025-01-15T12:00:00Z");
  private static final String UNKNOWN = "0b0f4a1e-6a39-4f2b-9d6e-3f1f0a9f9c11";

  private static final ProducerRecord<byte[], byte[]> PLACED =
      record("placed", "api-1", "shop", "order.placed", new OrderPlaced("o-1", 40), 0);
  private static final ProducerRecord<byte[], byte[]> ISSUED =
      record(
          "issued", "placed", "invoicing", "invoice.issued", new InvoiceIssued("i", "o-1", 40), 1);
  private static final ProducerRecord<byte[], byte[]> VOIDED =
      record("voided", "issued", "invoicing", "invoice.voided", new InvoiceVoided("o-1"), 2);

  private static ProducerRecord<byte[], byte[]> record(
      String id, String cause, String source, String type, Object data, int second) {
    return record(id, new EventMetadata("req-1", cause, source), type, data, second);
  }

  private static ProducerRecord<byte[], byte[]> record(
      String id, EventMetadata metadata, String type, Object data, int second) {
    return new EventWriter()
        .write(
            type.substring(0, type.indexOf('.')) + "-events",
            "o-1".getBytes(UTF_8),
            new Event<>(id, type, NOON.plusSeconds(second), data, metadata));
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private static Chain chain(ProducerRecord<byte[], byte[]>... records) {
    return Chain.of(
        "req-1",
        Set.of("invoicing"),
        Arrays.stream(records)
            .map(
                record -> {
                  ConsumerRecord<byte[], byte[]> read =
                      new ConsumerRecord<>(record.topic(), 0, 0, record.key(), record.value());
                  record.headers().forEach(read.headers()::add);
                  return ChainEvent.of(read);
                })
            .flatMap(Optional::stream)
            .toList());
  }

  private static String fails(ThrowingCallable check) {
    return String.valueOf(
        assertThatExceptionOfType(AssertionError.class).isThrownBy(check).actual().getMessage());
  }

  @Test
  void isInCausalOrder() {
    Chain chain = chain(VOIDED, ISSUED, PLACED);

    assertThat(chain.types()).containsExactly("order.placed", "invoice.issued", "invoice.voided");
    assertThat(chain.roots()).extracting(ChainEvent::eventId).containsExactly("placed");
    assertThat(chain.causedBy(chain.single("order.placed")))
        .extracting(ChainEvent::eventId)
        .containsExactly("issued");
  }

  @Test
  void isShownAsATree() {
    assertThat(chain(PLACED, ISSUED, ISSUED, VOIDED).tree())
        .isEqualToNormalizingNewlines(
            """
            order.placed by shop {"order_id":"o-1","amount":40}
            └─ invoice.issued by invoicing {"invoice_id":"i","order_id":"o-1","amount":40} (published 2 times)
               └─ invoice.voided by invoicing {"order_id":"o-1"}
            """);
  }

  @Test
  void isToldFromOthers() {
    Chain chain =
        chain(
            PLACED,
            record(
                "other",
                new EventMetadata("req-2", "api-2", "shop"),
                "order.placed",
                new OrderPlaced("o-2", 1),
                0));

    assertThat(chain).hasExactlyEvents("order.placed");
  }

  @Test
  void hasAnEventOnceHoweverOftenItWasPublished() {
    Chain chain = chain(PLACED, ISSUED, ISSUED);

    assertThat(chain).hasExactlyEvents("order.placed", "invoice.issued");
    assertThat(chain.occurrences(chain.single("invoice.issued"))).isEqualTo(2);
    assertThat(fails(() -> assertThat(chain).isPublishedOnce())).contains("invoice.issued");
  }

  @Test
  void mayBeRepeatedAtAnotherTime() {
    ProducerRecord<byte[], byte[]> later =
        record(
            "issued",
            "placed",
            "invoicing",
            "invoice.issued",
            new InvoiceIssued("i", "o-1", 40),
            9);

    assertThatChain(chain(PLACED, ISSUED, later)).isConsistent();
  }

  @Test
  void tellsWhatItHasNot() {
    Chain chain = chain(PLACED, ISSUED);

    assertThat(fails(() -> assertThat(chain).hasEvents("invoice.issued", "invoice.issued")))
        .contains("Expected [invoice.issued] also", "└─ invoice.issued by invoicing");
    assertThat(fails(() -> assertThat(chain).hasExactlyEvents("order.placed")))
        .contains("Expected no [invoice.issued]");
    assertThat(fails(() -> assertThat(chain).hasNone("invoice.issued")))
        .contains("Expected no [invoice.issued]");
    assertThat(fails(() -> assertThat(chain).hasNoEvents())).contains("order.placed");
    assertThat(fails(() -> assertThat(chain).hasCaused("order.placed", "invoice.voided")))
        .contains("Expected order.placed to have caused [invoice.voided]");
    assertThat(fails(() -> chain.single("invoice.voided")))
        .contains("Expected one invoice.voided, but there are 0");
  }

  @Test
  void tellsWhatDoesNotFitAPayload() {
    Chain chain = chain(PLACED);

    assertThat(chain.single("order.placed").dataAs(OrderPlaced.class))
        .isEqualTo(new OrderPlaced("o-1", 40));
    assertThat(chain.single("order.placed").text("order_id")).isEqualTo("o-1");
    assertThat(fails(() -> chain.single("order.placed").dataAs(InvoiceVoided.class)))
        .contains("is none of");
  }

  @Test
  void needsItsCauses() {
    ProducerRecord<byte[], byte[]> dangling =
        record("x", UNKNOWN, "shop", "order.placed", new OrderPlaced("o", 1), 0);
    ProducerRecord<byte[], byte[]> rootOfAnAgent =
        record("x", "api-1", "invoicing", "invoice.voided", new InvoiceVoided("o"), 0);
    ProducerRecord<byte[], byte[]> ofItself =
        record("x", "x", "shop", "order.placed", new OrderPlaced("o", 1), 0);

    assertThat(fails(() -> assertThat(chain(dangling)).isConsistent()))
        .contains("is caused by the event " + UNKNOWN);
    assertThat(fails(() -> assertThat(chain(rootOfAnAgent)).isConsistent()))
        .contains("names 'api-1' as its cause");
    assertThat(fails(() -> assertThat(chain(ofItself)).isConsistent()))
        .contains("names itself as its cause");
  }

  @Test
  void hasOneContentPerId() {
    ProducerRecord<byte[], byte[]> changed =
        record(
            "issued",
            "placed",
            "invoicing",
            "invoice.issued",
            new InvoiceIssued("i", "o-1", 41),
            1);

    assertThat(fails(() -> assertThat(chain(PLACED, ISSUED, changed)).isConsistent()))
        .contains("the id issued was published with different content", "41");
  }

  @Test
  void hasHeadersThatRepeatTheBody() {
    ProducerRecord<byte[], byte[]> wrong =
        record("voided", "issued", "invoicing", "invoice.voided", new InvoiceVoided("o-1"), 2);
    wrong.headers().remove("event_type").add("event_type", "invoice.issued".getBytes(UTF_8));
    ProducerRecord<byte[], byte[]> bare =
        new ProducerRecord<>(ISSUED.topic(), ISSUED.key(), ISSUED.value());
    ProducerRecord<byte[], byte[]> foreign =
        new ProducerRecord<>(PLACED.topic(), PLACED.key(), PLACED.value());

    assertThat(fails(() -> assertThat(chain(PLACED, ISSUED, wrong)).isConsistent()))
        .contains("the header event_type of invoice.voided", "'invoice.issued' instead of");
    assertThat(fails(() -> assertThat(chain(PLACED, bare)).isConsistent()))
        .contains("the header event_id of invoice.issued by invoicing", "is 'null' instead of");
    assertThat(chain(foreign)).isConsistent();
  }

  @Test
  void bearsEventsThatCauseEachOther() {
    Chain circle =
        chain(
            record("a", "b", "shop", "order.placed", new OrderPlaced("o", 1), 0),
            record("b", "a", "shop", "order.cancelled", new OrderCancelled("o"), 1));

    assertThat(circle.types()).containsExactly("order.placed", "order.cancelled");
    assertThat(circle.tree()).contains("(in a circle) order.placed");
    assertThat(fails(() -> assertThat(circle).isConsistent()))
        .contains("order.placed by shop {\"order_id\":\"o\",\"amount\":1} is caused by a circle");
  }
}
