package io.eventagents.notification.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.zaxxer.hikari.HikariDataSource;
import io.eventagents.Cause;
import io.eventagents.DatabaseSchema;
import io.eventagents.Event;
import io.eventagents.EventMetadata;
import io.eventagents.EventPublisher;
import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.notification.directory.GoneAddress;
import io.eventagents.notification.directory.GoneAddressFixtures;
import io.eventagents.notification.directory.GoneAddresses;
import io.eventagents.notification.receipt.Receipt.Kind;
import io.eventagents.test.HostileEvents;
import io.eventagents.test.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class DeliveryReceiptsTests {

  private static final Instant NOW = Instant.parse("2025-01-15T14:30:22Z");

  private static final HikariDataSource dataSource = open();

  private final SettableClock clock = SettableClock.stoppedAt(NOW);
  private final List<Published> published = new CopyOnWriteArrayList<>();
  private final GoneAddresses gone =
      GoneAddressFixtures.table(JdbcClient.create(dataSource), Set.of("email"), clock);
  private final DeliveryReceipts receipts =
      new DeliveryReceipts(
          new TrackedMessages(JdbcClient.create(dataSource)),
          new Publisher(published),
          new TransactionTemplate(new JdbcTransactionManager(dataSource)),
          gone,
          Duration.ofDays(30),
          clock);
  private final String id = "<" + UUID.randomUUID() + "@company.com>";

  private static HikariDataSource open() {
    HikariDataSource opened = new HikariDataSource();
    opened.setJdbcUrl(EmbeddedServers.postgreSql().createDatabase("receipts"));
    opened.setUsername("postgres");
    DatabaseSchema.migrate(opened, "notification", "classpath:db/notification");
    return opened;
  }

  @AfterAll
  static void close() {
    dataSource.close();
  }

  @Test
  void publishesWhatBecameOfAMessageInItsChain() {
    receipts.expect(message("sent-1"));

    assertThat(receipts.accept(Receipt.delivered(Kind.EMAIL_DELIVERED, id, NOW)))
        .isEqualTo(ReceiptOutcome.PUBLISHED);
    assertThat(published)
        .containsExactly(
            new Published(
                new EmailDelivered("task-1", "kim@company.com", id, NOW), "req-sent-1", "sent-1"));
  }

  @Test
  void publishesInTheChainWhateverTextsItHas() {
    HostileEvents.texts()
        .forEach(
            (name, text) -> {
              published.clear();
              String messageId = text + UUID.randomUUID();
              receipts.expect(
                  new TrackedMessage("email", messageId, "sent-1", text, text, text, text, NOW));
              receipts.accept(Receipt.delivered(Kind.EMAIL_DELIVERED, messageId, NOW));

              assertThat(published)
                  .as(name)
                  .containsExactly(
                      new Published(
                          new EmailDelivered(text, text, messageId, NOW), text, "sent-1"));
            });
  }

  /**
   * The id of pushes to many browsers. It is random, so that it cannot be compressed to fit into an
   * index.
   */
  @Test
  void expectsNothingOfAChannelWithoutReceipts() {
    String ids =
        Stream.generate(() -> UUID.randomUUID().toString())
            .limit(300)
            .collect(Collectors.joining(" "));

    assertThatCode(
            () ->
                receipts.expect(
                    new TrackedMessage(
                        "web-push", ids, "sent-1", "req-1", "task-1", "kim", null, NOW)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void remembersTheAddressThatAReceiptSaysIsGone(boolean early) {
    String owner = "owner of " + id;
    TrackedMessage message =
        new TrackedMessage("email", id, "sent-1", "req-1", "task-1", "a@b.example", owner, NOW);
    if (!early) {
      receipts.expect(message);
    }
    receipts.accept(bounced().ofAnAddressThatIsGone(true));
    if (early) {
      receipts.expect(message);
    }

    assertThat(gone.of(owner, "email"))
        .singleElement()
        .returns(true, address -> address.is("a@b.example"))
        .extracting(GoneAddress::reason)
        .isEqualTo("no such user");
  }

  @Test
  void remembersNoAddressForAnotherReason() {
    String owner = "owner of " + id;
    receipts.expect(
        new TrackedMessage("email", id, "sent-1", "req-1", "task-1", "a@b.example", owner, NOW));

    receipts.accept(bounced());

    assertThat(gone.of(owner, "email")).isEmpty();
  }

  /** Rows of older versions do not say whose message it was. */
  @Test
  void publishesAReceiptOfNobodysAddress() {
    receipts.expect(
        new TrackedMessage("email", id, "sent-1", "req-1", "task-1", "a@b.example", null, NOW));

    receipts.accept(bounced().ofAnAddressThatIsGone(true));

    assertThat(published).hasSize(1);
  }

  @Test
  void publishesARepeatedReceiptOnce() {
    receipts.expect(message("sent-1"));
    receipts.accept(bounced());

    assertThat(receipts.accept(bounced())).isEqualTo(ReceiptOutcome.REPEATED);
    assertThat(published).hasSize(1);
  }

  @Test
  void publishesABounceThatFollowsADelivery() {
    receipts.expect(message("sent-1"));
    receipts.accept(Receipt.delivered(Kind.EMAIL_DELIVERED, id, NOW));
    receipts.accept(bounced());

    assertThat(published)
        .extracting(event -> event.payload().getClass().getSimpleName())
        .containsExactly("EmailDelivered", "EmailBounced");
  }

  @Test
  void keepsAReceiptThatIsQuickerThanItsMessage() {
    assertThat(receipts.accept(bounced())).isEqualTo(ReceiptOutcome.UNKNOWN);
    assertThat(published).isEmpty();

    receipts.expect(message("sent-1"));
    receipts.expect(message("sent-1"));

    assertThat(published).hasSize(1);
  }

  @Test
  void publishesForEachEventOfADigest() {
    receipts.expect(message("sent-1"));
    receipts.expect(message("sent-2"));
    receipts.accept(Receipt.delivered(Kind.EMAIL_DELIVERED, id, NOW));

    assertThat(published).extracting(Published::cause).containsExactly("sent-1", "sent-2");
  }

  @Test
  void tellsChannelsApart() {
    receipts.expect(message("sent-1"));

    assertThat(receipts.accept(Receipt.delivered(Kind.SMS_DELIVERED, id, null)))
        .isEqualTo(ReceiptOutcome.UNKNOWN);
  }

  @Test
  void forgetsAMessageAfterItsTime() {
    receipts.expect(message("sent-1"));
    clock.tick(Duration.ofDays(29));
    receipts.forget();
    assertThat(receipts.accept(Receipt.delivered(Kind.EMAIL_DELIVERED, id, NOW)))
        .isEqualTo(ReceiptOutcome.PUBLISHED);

    clock.tick(Duration.ofDays(2));
    receipts.forget();

    assertThat(receipts.accept(bounced())).isEqualTo(ReceiptOutcome.UNKNOWN);
  }

  @Test
  void publishesOnceIfMessageAndReceiptMeet() throws Exception {
    for (int round = 0; round < 20; round++) {
      published.clear();
      String met = "<" + UUID.randomUUID() + "@company.com>";
      CyclicBarrier barrier = new CyclicBarrier(3);
      Stream<Runnable> racers =
          Stream.of(
              () -> receipts.expect(message("sent-1", met)),
              () -> receipts.accept(Receipt.delivered(Kind.EMAIL_DELIVERED, met, NOW)),
              () -> receipts.accept(Receipt.delivered(Kind.EMAIL_DELIVERED, met, NOW)));
      List<Thread> threads =
          racers
              .map(
                  racer ->
                      Thread.ofVirtual()
                          .start(
                              () -> {
                                try {
                                  barrier.await();
                                } catch (Exception e) {
                                  throw new IllegalStateException(e);
                                }
                                racer.run();
                              }))
              .toList();
      for (Thread thread : threads) {
        thread.join();
      }

      assertThat(published).hasSize(1);
    }
  }

  private Receipt bounced() {
    return Receipt.failed(Kind.EMAIL_BOUNCED, id, NOW, "no such user", true);
  }

  private TrackedMessage message(String eventId) {
    return message(eventId, id);
  }

  private static TrackedMessage message(String eventId, String messageId) {
    return new TrackedMessage(
        "email", messageId, eventId, "req-" + eventId, "task-1", "kim@company.com", "kim", NOW);
  }

  private record Published(ReceiptEvent payload, String correlation, String cause) {}

  private record Publisher(List<Published> published) implements EventPublisher<ReceiptEvent> {

    @Override
    public <P extends ReceiptEvent> Event<P> publish(P payload, Cause cause) {
      published.add(new Published(payload, cause.correlationId(), cause.causationId()));
      return new Event<>(
          UUID.randomUUID().toString(),
          "email.delivered",
          NOW,
          payload,
          new EventMetadata(cause.correlationId(), cause.causationId(), DeliveryReceipts.NAME));
    }
  }
}
