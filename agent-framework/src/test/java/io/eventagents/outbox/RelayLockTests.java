package io.eventagents.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Who may send. */
@SuppressWarnings("try") // closed before its end
class RelayLockTests {

  private final TestDatabase database = TestDatabase.create();
  private final Outbox outbox = new Outbox(database.dataSource(), database.schema());
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final InstantSource clock = now::get;

  static RelayLock candidate(TestDatabase database, Outbox outbox) throws SQLException {
    return RelayLock.candidate(
        database.dataSource(), outbox.table(), UUID.randomUUID(), InstantSource.system());
  }

  @Test
  void isOneRelaysAtATime() throws Exception {
    try (RelayLock first = candidate(UUID.randomUUID());
        RelayLock second = candidate(UUID.randomUUID())) {
      assertThat(first.take()).isTrue();
      assertThat(second.take()).isFalse();
      assertThat(first.isSure()).isTrue();
      assertThat(second.isSure()).isFalse();

      first.close();

      assertThat(second.take()).isTrue();
    }
  }

  @Test
  void isTheSameRelaysOnAnotherConnection() throws Exception {
    UUID holder = UUID.randomUUID();
    try (RelayLock broken = candidate(holder);
        RelayLock again = candidate(holder);
        RelayLock other = candidate(UUID.randomUUID())) {
      assertThat(broken.take()).isTrue();
      assertThat(again.take()).isTrue();

      assertThat(other.take()).isFalse();
    }
  }

  @Test
  void isAnothersWhenItExpires() throws Exception {
    try (RelayLock frozen = candidate(UUID.randomUUID());
        RelayLock other = candidate(UUID.randomUUID())) {
      assertThat(frozen.take()).isTrue();
      expire();
      assertThat(other.take()).isTrue();
      now.updateAndGet(it -> it.plusSeconds(60));

      assertThat(frozen.isSure()).isFalse();
      assertThatThrownBy(frozen::keep)
          .isInstanceOf(RelayLockLost.class)
          .hasMessageContaining("not heard of for 60 s");
      frozen.close();
      now.updateAndGet(it -> it.plusSeconds(60));
      other.keep();
      assertThat(other.isSure()).isTrue();
    }
  }

  @Test
  void endsForItsHolderBeforeItDoesForOthers() throws Exception {
    try (RelayLock lead = candidate(UUID.randomUUID())) {
      lead.take();

      now.updateAndGet(it -> it.plus(RelayLock.LENGTH).minus(Duration.ofMillis(500)));
      assertThat(lead.isSure()).isFalse();

      lead.keep();
      assertThat(lead.isSure()).isTrue();
    }
  }

  @Test
  void isMadeAgainIfItsRowIsGone() throws Exception {
    database.sql("TRUNCATE SCHEMA.outbox_lead").update();

    try (RelayLock lead = candidate(UUID.randomUUID())) {
      assertThat(lead.take()).isTrue();
    }
  }

  /** A frozen relay's open transaction must not hold up the one that takes over. */
  @Test
  void doesNotWaitForATransactionOfItsFormerHolder() throws Exception {
    try (RelayLock frozen = candidate(UUID.randomUUID());
        RelayLock other = candidate(UUID.randomUUID())) {
      frozen.take();

      frozen.inTransaction(
          inTheMiddle -> {
            expire();
            return assertThat(other.take()).isTrue();
          });
    }
  }

  private void expire() {
    database
        .sql("UPDATE SCHEMA.outbox_lead SET expires_at = clock_timestamp() - interval '1 ms'")
        .update();
  }

  private RelayLock candidate(UUID holder) throws SQLException {
    return RelayLock.candidate(database.dataSource(), outbox.table(), holder, clock);
  }
}
