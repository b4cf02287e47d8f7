package io.eventagents.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.eventagents.Cause;
import io.eventagents.CorrelationId;
import io.eventagents.Event;
import io.eventagents.EventMetadata;
import io.eventagents.EventPublisher;
import io.eventagents.outbox.OutboxRelay;
import io.eventagents.test.Parcels.Courier;
import io.eventagents.test.Parcels.LabelPrinted;
import io.eventagents.test.Parcels.ParcelPacked;
import io.eventagents.test.Parcels.ParcelRegistered;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@AgentTest
class ChainsTests {

  @Autowired Chains chains;
  @Autowired Courier courier;
  @Autowired Clock clock;
  @Autowired SettableClock settableClock;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transactions;
  @Autowired EventPublisher<ParcelPacked> packing;
  @Autowired OutboxRelay relay;

  @Test
  void showTheWholeChainOfAnEvent() {
    String request = chains.publish("p-1", new ParcelRegistered("p-1", "Sea Street 3"));

    Chain chain = chains.await(request);

    assertThat(chain)
        .hasExactlyEvents("parcel.registered", "label.printed", "stock.reserved", "parcel.shipped")
        .hasCaused("parcel.registered", "label.printed", "stock.reserved")
        .hasCaused("label.printed", "parcel.shipped")
        .hasCaused("parcel.shipped")
        .hasNone("delivery.failed")
        .isPublishedOnce();
    assertThat(chain.single("label.printed"))
        .returns("label-p-1", ChainEvent::key)
        .returns("labelling", event -> event.metadata().source());
    assertThat(chain.single("label.printed").dataAs(LabelPrinted.class))
        .isEqualTo(new LabelPrinted("label-p-1", "p-1", "Sea Street 3"));
    assertThat(chain.single("stock.reserved").key()).isEqualTo("p-1");
    assertThat(jdbc.sql("select parcel_id from stock").query(String.class).list()).contains("p-1");
  }

  @Test
  void awaitWhatIsPublishedInATransaction() {
    CorrelationId request = CorrelationId.random();

    transactions.executeWithoutResult(
        status -> packing.publish(new ParcelPacked("p-2"), Cause.call(request, "api-pack-p-2")));

    assertThat(chains.await(request.value())).hasExactlyEvents("parcel.packed");
  }

  @Test
  void waitForTheOutbox() {
    CorrelationId request = CorrelationId.random();
    relay.stop();
    try {
      transactions.executeWithoutResult(
          status ->
              packing.publish(new ParcelPacked("p-11"), Cause.call(request, "api-pack-p-11")));

      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> chains.withPatience(Duration.ofMillis(300)).await(request.value()))
          .withMessageContaining("the outbox holds 1 record(s)");
    } finally {
      relay.start();
    }

    assertThat(chains.await(request.value())).hasExactlyEvents("parcel.packed");
  }

  @Test
  void showThatNothingWasPublished() {
    CorrelationId request = CorrelationId.random();

    transactions.executeWithoutResult(
        status -> {
          packing.publish(new ParcelPacked("p-3"), Cause.call(request, "api-pack-p-3"));
          status.setRollbackOnly();
        });

    assertThat(chains.await(request.value())).hasNoEvents();
  }

  @Test
  void showWhatAnAgentGaveUp() {
    String request = chains.publish("p-4", new ParcelRegistered("p-4", " "));

    assertThat(chains.await(request))
        .hasExactlyEvents("parcel.registered", "stock.reserved", "delivery.failed")
        .hasCaused("parcel.registered", "stock.reserved", "delivery.failed");
    assertThat(chains.deadLetters("labelling"))
        .filteredOn(deadLetter -> "p-4".equals(deadLetter.key()))
        .singleElement()
        .returns("a label needs a street", DeadLetter::reason)
        .returns(1, DeadLetter::attempts);
  }

  @Test
  void acceptWhatOtherProgramsWrite() {
    long unreadable = chains.tally("stocktaking").unreadable();
    SentRecord noId =
        chains.publishJson(
            "parcel-events",
            "p-5",
            "{\"event_type\": \"parcel.registered\", \"data\": {\"parcel_id\": \"p-5\", \"street\": \"x\"}}");
    SentRecord text = chains.publishJson("parcel-events", null, "a parcel");
    SentRecord bare =
        chains.publishJson(
            "parcel-events",
            "p-6",
            "{\"event_id\": \"parcel-6\", \"event_type\": \"parcel.registered\","
                + " \"data\": {\"parcel_id\": \"p-6\", \"street\": \"y\"}}");
    SentRecord elsewhere =
        chains.publishJson(
            "weather-events", null, "{\"event_id\": \"w-1\", \"event_type\": \"weather.changed\"}");
    chains.awaitQuiet();

    assertThat(chains.deadLetters("stocktaking"))
        .filteredOn(deadLetter -> deadLetter.isOf(noId))
        .singleElement()
        .returns("event_id is missing", DeadLetter::reason);
    assertThat(chains.events("delivery.failed"))
        .filteredOn(event -> event.text("offset").equals(String.valueOf(noId.offset())))
        .extracting(event -> event.metadata().source())
        .contains("stocktaking", "labelling");
    assertThat(chains.tally("stocktaking").unreadable()).isEqualTo(unreadable + 1);
    assertThat(chains.await(bare)).hasEvents("parcel.registered", "parcel.shipped");
    assertThat(chains.await(elsewhere)).hasExactlyEvents("weather.changed");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> chains.await(text))
        .withMessageContaining("awaitQuiet()");
  }

  @Test
  void sayWhatIsStillMoving() {
    courier.onStrike.set(true);
    String request = chains.publish("p-7", new ParcelRegistered("p-7", "Sea Street 3"));
    try {
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> chains.withPatience(Duration.ofSeconds(3)).await(request))
          .withMessageContaining("did not come to rest within PT3S")
          .withMessageContaining("the agent courier waits for 'courier office'")
          .withMessageContaining("has not finished {label-events-")
          .withMessageContaining("─ label.printed by labelling");
    } finally {
      courier.onStrike.set(false);
    }

    assertThat(chains.await(request)).hasEvents("parcel.shipped");
  }

  @Test
  void sayWhatIsMissing() {
    String request = chains.publish("p-8", new ParcelRegistered("p-8", "Sea Street 3"));
    chains.await(request);

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(
            () ->
                chains
                    .withPatience(Duration.ofSeconds(1))
                    .await(request, "parcel.shipped", "parcel.delivered"))
        .withMessageContaining("there is no parcel.delivered yet");
  }

  @Test
  void noticeWrongMetadataOnTheTopics() {
    String request =
        chains.publish(
            "p-9",
            new Event<>(
                "parcel-9",
                "label.printed",
                Instant.EPOCH,
                new LabelPrinted("label-p-9", "p-9", "x"),
                new EventMetadata("req-9", "no-event", "labelling")));

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(chains.await(request)).hasEvents("label.printed"))
        .withMessageContaining("names 'no-event' as its cause, which is not an event of the chain");
  }

  @Test
  void useTheClockThatATestSets() {
    Instant noon = Instant.parse("2031-01-15T12:00:00Z");
    settableClock.stopAt(noon);

    String request = chains.publish("p-10", new ParcelRegistered("p-10", "Sea Street 3"));

    assertThat(clock).isSameAs(settableClock);
    assertThat(chains.await(request).single("label.printed").occurredAt()).isEqualTo(noon);
  }

  @Test
  void nameTheAgentsOfTheContext() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> chains.tally("postman"))
        .withMessageContaining("[courier, doorbell, labelling, stocktaking]");
  }
}
