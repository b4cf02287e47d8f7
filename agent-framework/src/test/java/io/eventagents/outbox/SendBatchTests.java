package io.eventagents.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.send.RecordSender;
import io.eventagents.wire.HeaderBytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SendBatchTests {

  private static final int LARGE = 200_000;

  private final HeldSender broker = new HeldSender();

  @Test
  void sendsTheRowsOfAKeyOneAfterTheOtherWithoutWaiting() {
    SendBatch batch = new SendBatch(broker, List.of(row(1, "a"), row(2, "b"), row(3, "a")));

    batch.send(() -> true);

    assertThat(broker.sent()).containsExactly("1", "2", "3");
    assertThat(batch.hasMore()).isFalse();
  }

  @Test
  void sendsWhatFollowsARowThatMayBeRefusedAfterItsAcknowledgementOnly() throws Exception {
    SendBatch batch =
        new SendBatch(broker, List.of(row(1, "a", LARGE), row(2, "a"), row(3, "a"), row(4, "b")));
    batch.send(() -> true);
    List<String> first = broker.sent();
    broker.acknowledge(0);
    broker.acknowledge(1);
    boolean settled = batch.await(Duration.ofSeconds(5));
    SendBatch.Outcome outcome = batch.outcome();
    batch.send(() -> true);

    assertThat(settled).isTrue();
    assertThat(first).containsExactly("1", "4");
    assertThat(outcome.acknowledged()).containsExactly(1L, 4L);
    assertThat(broker.sent()).containsExactly("1", "4", "2", "3");
  }

  @Test
  void keepsBackWhatFollowsARefusedRow() throws Exception {
    SendBatch batch = new SendBatch(broker, List.of(row(1, "a", LARGE), row(2, "a"), row(3, "b")));
    batch.send(() -> true);
    broker.fail(0, new RecordTooLargeException("too large for the topic"));
    broker.acknowledge(1);
    batch.await(Duration.ofSeconds(5));
    SendBatch.Outcome outcome = batch.outcome();

    assertThat(outcome.acknowledged()).containsExactly(3L);
    assertThat(outcome.refused())
        .singleElement()
        .satisfies(
            refused -> {
              assertThat(refused.row().id()).isEqualTo(1);
              assertThat(refused.reason())
                  .isEqualTo("RecordTooLargeException: too large for the topic");
            });
    assertThat(batch.hasMore()).isFalse();
    assertThat(broker.sent()).containsExactly("1", "3");
  }

  @Test
  void holdsTheRowsOfAKeyAtOnceIfTheProducerRefuses() {
    List<String> sent = new ArrayList<>();
    RecordSender producer =
        record -> {
          String value = new String(record.value(), UTF_8);
          sent.add(value);
          return value.equals("1")
              ? CompletableFuture.failedFuture(new RecordTooLargeException("too large"))
              : CompletableFuture.completedFuture(null);
        };
    SendBatch batch = new SendBatch(producer, List.of(row(1, "a"), row(2, "a"), row(3, null)));

    batch.send(() -> true);

    assertThat(sent).containsExactly("1", "3");
  }

  @Test
  void sendsNothingAfterARowThatFailedForAReasonThatMayPass() throws Exception {
    List<String> sent = new ArrayList<>();
    RecordSender producer =
        record -> {
          String value = new String(record.value(), UTF_8);
          sent.add(value);
          return value.equals("2")
              ? CompletableFuture.failedFuture(new TimeoutException("no metadata"))
              : CompletableFuture.completedFuture(null);
        };
    SendBatch batch =
        new SendBatch(producer, List.of(row(1, "a"), row(2, "b"), row(3, "b"), row(4, "c")));
    batch.send(() -> true);
    batch.await(Duration.ofSeconds(5));
    SendBatch.Outcome outcome = batch.outcome();

    assertThat(sent).containsExactly("1", "2");
    assertThat(outcome.acknowledged()).containsExactly(1L);
    assertThat(outcome.refused()).isEmpty();
    assertThat(outcome.failure()).isInstanceOf(TimeoutException.class);
    assertThat(batch.hasMore()).isFalse();
  }

  @Test
  void refusesAStoredRowThatMakesNoRecord() throws Exception {
    OutboxRow broken =
        new OutboxRow(7, "topic", null, null, null, new byte[] {1}, null, null, null);
    SendBatch batch = new SendBatch(broker, List.of(broken));
    batch.send(() -> true);
    batch.await(Duration.ofSeconds(5));

    assertThat(batch.outcome().refused())
        .singleElement()
        .satisfies(refused -> assertThat(refused.reason()).contains("makes no record"));
  }

  private static OutboxRow row(long id, @Nullable String key) {
    return row(id, key, 0);
  }

  private static OutboxRow row(long id, @Nullable String key, int padding) {
    byte[] value = Long.toString(id).getBytes(UTF_8);
    byte[] headers = HeaderBytes.write(new RecordHeaders().add("padding", new byte[padding]));
    return new OutboxRow(
        id,
        "topic",
        null,
        null,
        key == null ? null : key.getBytes(UTF_8),
        headers,
        Arrays.copyOf(value, value.length),
        null,
        null);
  }
}
