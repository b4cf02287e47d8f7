package io.eventagents.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.eventagents.Cause;
import io.eventagents.CorrelationId;
import io.eventagents.EntityKey;
import io.eventagents.Event;
import io.eventagents.EventHeaders;
import io.eventagents.EventIds;
import io.eventagents.EventMetadata;
import io.eventagents.EventType;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventStampTests {

  sealed interface Emitted {}

  @EventType("notification.sent")
  record NotificationSent(String taskId) implements Emitted {}

  @EventType("invoice.issued")
  record InvoiceIssued(@EntityKey @Nullable String invoiceId) implements Emitted {}

  @EventType("order.placed")
  record OrderPlaced(String orderId) {}

  private static final byte[] KEY = "task-123".getBytes(UTF_8);

  private static final Descent ROOT = new Descent(Ancestry.NONE, "billing");

  private final Event<?> cause =
      new Event<>(
          "e-1",
          "task.created",
          Instant.EPOCH,
          "data",
          new EventMetadata("req-1", "api-1", "task-api"));
  private final EventStamp stamp =
      new EventStamp(
          "billing",
          PayloadTypes.of(Emitted.class),
          domain -> "our-" + domain,
          new EventWriter(),
          Clock.fixed(Instant.parse("2025-01-15T14:30:22.123456789Z"), ZoneOffset.UTC));

  @Test
  void whatAnAgentEmitsJoinsTheChainOfItsCause() {
    ProducerRecord<byte[], byte[]> record =
        stamp.emitted(cause, KEY, ROOT, List.of(new NotificationSent("t"))).getFirst();

    assertThat(record.value())
        .asString()
        .isEqualTo(
            """
            {"event_id":"%s","event_type":"notification.sent","occurred_at":"2025-01-15T14:30:22.123Z","data":{"task_id":"t"},\
            "metadata":{"correlation_id":"req-1","causation_id":"e-1","source":"billing"}}"""
                .formatted(EventIds.derive("billing", "e-1", "notification.sent", 0)));
    assertThat(record.topic()).isEqualTo("our-notification");
  }

  @Test
  void aRepeatEmitsTheSameIds() {
    List<Emitted> payloads =
        List.of(new NotificationSent("a"), new InvoiceIssued("i"), new NotificationSent("b"));

    assertThat(ids(stamp.emitted(cause, KEY, ROOT, payloads)))
        .isEqualTo(ids(stamp.emitted(cause, KEY, ROOT, payloads)));
  }

  @Test
  void severalOfATypeAreCountedThrough() {
    List<ProducerRecord<byte[], byte[]>> records =
        stamp.emitted(
            cause,
            KEY,
            ROOT,
            List.of(new NotificationSent("a"), new InvoiceIssued("i"), new NotificationSent("b")));

    assertThat(ids(records))
        .containsExactly(
            EventIds.derive("billing", "e-1", "notification.sent", 0),
            EventIds.derive("billing", "e-1", "invoice.issued", 0),
            EventIds.derive("billing", "e-1", "notification.sent", 1));
  }

  @Test
  void theKeyOfTheCauseIsInheritedWhereThePayloadNamesNone() {
    List<ProducerRecord<byte[], byte[]>> records =
        stamp.emitted(
            cause, KEY, ROOT, List.of(new NotificationSent("t"), new InvoiceIssued("i-1")));

    assertThat(records)
        .extracting(record -> new String(record.key(), UTF_8))
        .containsExactly("task-123", "i-1");
  }

  @Test
  void aCauseWithoutAKeyLeavesNoneToInherit() {
    assertThat(
            stamp.emitted(cause, null, ROOT, List.of(new NotificationSent("t"))).getFirst().key())
        .isNull();
  }

  @Test
  void nothingMakesNothing() {
    assertThat(stamp.emitted(cause, KEY, ROOT, List.of())).isEmpty();
  }

  @Test
  void aPayloadThatIsNotDeclaredIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> stamp.emitted(cause, KEY, ROOT, List.of(new OrderPlaced("o"))))
        .withMessageContaining(OrderPlaced.class.getName());
  }

  @Test
  void aKeyThatIsNullIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> stamp.emitted(cause, KEY, ROOT, List.of(new InvoiceIssued(null))))
        .withMessageContaining("@EntityKey");
  }

  @Test
  void aNullAmongThePayloadsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> stamp.emitted(cause, KEY, ROOT, Arrays.asList(new NotificationSent("t"), null)))
        .withMessage("billing returned a null among its payloads; leave it out");
  }

  @Test
  void aCallStartsAChain() {
    Cause call = Cause.call(new CorrelationId("req-9"), "api-create-9");

    EventStamp.Published<InvoiceIssued> one = stamp.published(new InvoiceIssued("i"), call);
    EventStamp.Published<InvoiceIssued> other = stamp.published(new InvoiceIssued("i"), call);

    assertThat(one.event().metadata())
        .isEqualTo(new EventMetadata("req-9", "api-create-9", "billing"));
    assertThat(one.record().key()).asString().isEqualTo("i");
    assertThat(UUID.fromString(one.event().eventId()).version()).isEqualTo(4);
    assertThat(one.event().eventId()).isNotEqualTo(other.event().eventId());
  }

  @Test
  void anEventPublishedTwiceBecauseOfAnotherIsOne() {
    EventStamp.Published<InvoiceIssued> first =
        stamp.published(new InvoiceIssued("i"), Cause.event(cause));
    EventStamp.Published<InvoiceIssued> again =
        stamp.published(new InvoiceIssued("i"), Cause.event("req-1", "e-1"));
    EventStamp.Published<InvoiceIssued> next =
        stamp.published(new InvoiceIssued("i"), Cause.event(cause).occurrence(1));

    assertThat(again.event()).isEqualTo(first.event());
    assertThat(next.event().eventId())
        .isEqualTo(EventIds.derive("billing", "e-1", "invoice.issued", 1));
    assertThat(first.event().metadata()).isEqualTo(new EventMetadata("req-1", "e-1", "billing"));
  }

  @Test
  void whatIsPublishedNeedsAKey() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> stamp.published(new NotificationSent("t"), Cause.event(cause)))
        .withMessageContaining("@EntityKey");
  }

  private static List<String> ids(List<ProducerRecord<byte[], byte[]>> records) {
    return records.stream()
        .map(record -> record.headers().lastHeader(EventHeaders.EVENT_ID).value())
        .map(id -> new String(id, UTF_8))
        .toList();
  }

  @Test
  void whatAnAgentReturnsOrPublishesDescendsFromItsEvent() {
    Descent descent =
        new Descent(
            Ancestry.of(
                new RecordHeaders()
                    .add(EventHeaders.ANCESTRY, "2;shop=1,billing=1".getBytes(UTF_8))),
            "billing");

    assertThat(
            ancestry(
                stamp.emitted(cause, KEY, descent, List.of(new NotificationSent("t"))).getFirst()))
        .isEqualTo("3;shop=1,billing=2");
    assertThat(
            ancestry(
                descent
                    .during(
                        () -> stamp.published(new InvoiceIssued("i"), Cause.event("other", "e-9")))
                    .record()))
        .isEqualTo("3;shop=1,billing=2");
  }

  @Test
  void whatIsPublishedOutsideAnAgentStartsAnew() {
    var unused = ROOT.during(() -> "an agent that was called by this thread before");

    assertThat(
            stamp
                .published(new InvoiceIssued("i"), Cause.event(cause))
                .record()
                .headers()
                .lastHeader(EventHeaders.ANCESTRY))
        .isNull();
  }

  private static String ancestry(ProducerRecord<byte[], byte[]> record) {
    return new String(record.headers().lastHeader(EventHeaders.ANCESTRY).value(), UTF_8);
  }
}
