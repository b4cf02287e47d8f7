package io.eventagents.notification.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventagents.Cause;
import io.eventagents.DependencyUnavailable;
import io.eventagents.Event;
import io.eventagents.EventPublisher;
import io.eventagents.notification.directory.GoneAddresses;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.ErrorResponseException;

class ReceiptControllerTests {

  @Test
  void asksForUserAndPassword() {
    ErrorResponseException refusal = refusal(ForgedReceipt.credentials("wrong password"));

    assertThat(refusal.getStatusCode().value()).isEqualTo(401);
    assertThat(refusal.getBody().getDetail()).isEqualTo("The user or password is wrong.");
    assertThat(refusal.getHeaders().getFirst("WWW-Authenticate"))
        .isEqualTo("Basic realm=\"receipts\", charset=\"UTF-8\"");
  }

  @Test
  void refusesAWrongSignature() {
    ErrorResponseException refusal = refusal(ForgedReceipt.signature("wrong signature"));

    assertThat(refusal.getStatusCode().value()).isEqualTo(403);
    assertThat(refusal.getBody().getDetail()).isEqualTo("The receipt does not prove its origin.");
  }

  @Test
  void saysWhenToComeAgain() {
    ErrorResponseException refusal =
        refusal(new DependencyUnavailable("certificates.example.com", null));

    assertThat(refusal.getStatusCode().value()).isEqualTo(503);
    assertThat(refusal.getBody().getDetail())
        .isEqualTo("The receipt cannot be taken now. Send it again.");
    assertThat(refusal.getHeaders().getFirst("Retry-After")).isEqualTo("5");
  }

  private static ErrorResponseException refusal(Exception thrown) {
    ReceiptCounts counts = new ReceiptCounts(new SimpleMeterRegistry());
    ReceiptController controller =
        new ReceiptController(
            List.of(new Throwing(thrown)), new ReceiptIntake(receipts(), counts), counts);

    return catchThrowableOfType(
        ErrorResponseException.class,
        () -> controller.accept("provider", new HttpHeaders(), new byte[0]));
  }

  /** Never called, as nothing is read. */
  private static DeliveryReceipts receipts() {
    EventPublisher<ReceiptEvent> none =
        new EventPublisher<>() {
          @Override
          public <P extends ReceiptEvent> Event<P> publish(P payload, Cause cause) {
            throw new IllegalStateException();
          }
        };
    return new DeliveryReceipts(
        new TrackedMessages(JdbcClient.create(new DriverManagerDataSource())),
        none,
        TransactionOperations.withoutTransaction(),
        GoneAddresses.none(),
        Duration.ofDays(1),
        Clock.systemUTC());
  }

  private record Throwing(Exception thrown) implements ReceiptSource {

    @Override
    public String name() {
      return "provider";
    }

    @Override
    public ReceiptBatch read(ReceiptRequest request) throws ForgedReceipt {
      if (thrown instanceof ForgedReceipt forged) {
        throw forged;
      }
      throw (RuntimeException) thrown;
    }
  }
}
