package io.eventagents.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.DeadLetterDesk.Action;
import io.eventagents.DeadLetterDesk.Group;
import io.eventagents.DeadLetterDesk.Letter;
import io.eventagents.DeadLetterDesk.Outcome;
import io.eventagents.DeadLetterDesk.Page;
import io.eventagents.DeadLetterDesk.Request;
import io.eventagents.wire.EventReader;
import io.eventagents.wire.EventWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How much is held of dead letters that somebody made many and large. */
class DeadLetterMemoryTests {

  private static final Instant NOW = Instant.parse("2025-01-15T14:30:22Z");
  private static final int MB = 1024 * 1024;

  private final Resolution.Lookup resolutions = new Resolution.Lookup();
  private final List<String> sent = new ArrayList<>();
  private int heldOriginals;
  private int mostHeldOriginals;

  @Test
  void groupsAreBoundedAndTheLargeOnesAreCountedRight() {
    DeadLetterGroups counted = new DeadLetterGroups();
    for (int i = 0; i < 10_000; i++) {
      counted.add(letter(i, "no shelf " + i, "key", "{}".getBytes(UTF_8)));
      if (i % 20 == 0) {
        counted.add(letter(20_000 + i, "the server refused", "key", "{}".getBytes(UTF_8)));
      }
    }

    List<Group> groups = counted.groups();
    assertThat(groups).hasSizeLessThanOrEqualTo(DeadLetterGroups.MOST + 1);
    assertThat(groups.stream().mapToLong(Group::count).sum()).isEqualTo(10_500);
    assertThat(groups)
        .filteredOn(group -> group.reason().equals("the server refused"))
        .extracting(Group::count)
        .containsExactly(500L);
    assertThat(groups.getFirst())
        .satisfies(
            others -> {
              assertThat(others.agent()).isEqualTo("stocktaking");
              assertThat(others.eventType()).isEmpty();
              assertThat(others.reason()).isEmpty();
              assertThat(others.count()).isGreaterThan(8_000);
            });
  }

  @Test
  void aListOfLettersIsBoundedByTheirSizeAndSaysHowManyThereAre() {
    NewestDeadLetters newest = new NewestDeadLetters(10_000);
    for (int i = 0; i < 9_000; i++) {
      newest.add(letter(i, "r".repeat(50_000), "k".repeat(50_000), new byte[0]));
    }

    Page page = newest.page();
    assertThat(page.matched()).isEqualTo(9_000);
    assertThat(page.deadLetters()).hasSizeBetween(1_500, 4_000);
    assertThat(page.deadLetters().stream().mapToLong(DeadLetterMemoryTests::size).sum())
        .isLessThan(8L * MB);
    assertThat(page.deadLetters().getFirst().id()).isEqualTo("0-8999");
  }

  @Test
  void lettersAreReplayedInChunksOfTheirSize() {
    List<Long> done = new ArrayList<>();
    ChunkedReplay work = work(done);
    IntStream.range(0, 40).forEach(i -> work.add(letter(i, "refused", "key", new byte[MB])));

    Outcome outcome = work.finish();
    assertThat(outcome.requested()).isEqualTo(40);
    assertThat(done).containsExactly(8L, 16L, 24L, 32L, 40L);
    assertThat(sent.stream().filter("stocktaking-replays"::equals)).hasSize(40);
  }

  @Test
  void noMoreOriginalsAreHeldThanTheirSizeAllows() {
    ChunkedReplay work = work(new ArrayList<>());
    for (int i = 0; i < 40; i++) {
      StoredDeadLetter letter = letter(i, "refused", "key", new byte[0]);
      letter.record().headers().add(DeadLetterHeaders.VALUE_OMITTED, "too large".getBytes(UTF_8));
      letter.record().headers().add(DeadLetterHeaders.HEADERS_OMITTED, "too large".getBytes(UTF_8));
      work.add(letter);
    }

    assertThat(work.finish().requested()).isEqualTo(40);
    assertThat(mostHeldOriginals).isEqualTo(8);
  }

  private ChunkedReplay work(List<Long> done) {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    Resolutions told = new Resolutions(this::send, new EventReader(), new EventWriter(), clock);
    Replays replays =
        new Replays(
            this::send,
            told,
            position -> {
              mostHeldOriginals = Math.max(mostHeldOriginals, ++heldOriginals);
              return Optional.of(record(position.topic(), position.offset(), "key", new byte[MB]));
            });
    return new ChunkedReplay(
        replays, Action.REPLAY, new Request("kim", null, NOW), one -> done.add(one.requested()));
  }

  private CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> record) {
    sent.add(record.topic());
    if (record.topic().endsWith("-replays")) {
      heldOriginals--;
    }
    return CompletableFuture.completedFuture(null);
  }

  private StoredDeadLetter letter(long offset, String reason, String key, byte[] value) {
    ConsumerRecord<byte[], byte[]> record = record("stocktaking-dead-letters", offset, key, value);
    add(record, DeadLetterHeaders.TOPIC, "shelf-events");
    add(record, DeadLetterHeaders.PARTITION, "0");
    add(record, DeadLetterHeaders.OFFSET, String.valueOf(offset));
    add(record, DeadLetterHeaders.REASON, reason);
    add(record, DeadLetterHeaders.FAILED_AT, NOW.plusMillis(offset).toString());
    add(record, "event_type", "shelf.filled");
    return StoredDeadLetter.of(record, new EventReader(), resolutions).orElseThrow();
  }

  private static void add(ConsumerRecord<byte[], byte[]> record, String name, String value) {
    record.headers().add(name, value.getBytes(UTF_8));
  }

  private static ConsumerRecord<byte[], byte[]> record(
      String topic, long offset, String key, byte[] value) {
    return new ConsumerRecord<>(
        topic,
        0,
        offset,
        0L,
        TimestampType.CREATE_TIME,
        key.length(),
        value.length,
        key.getBytes(UTF_8),
        value,
        new RecordHeaders(),
        Optional.empty());
  }

  private static long size(Letter letter) {
    return letter.reason().length() + length(letter.key());
  }

  private static long length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}
