package io.eventagents.test;

import static io.eventagents.test.AgentFixture.given;
import static io.eventagents.test.AgentFixture.givenJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.eventagents.Agent;
import io.eventagents.Event;
import io.eventagents.EventMetadata;
import io.eventagents.RecordBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class AgentFixtureTests {

  private static final OrderPlaced ORDER = new OrderPlaced("o-1", 40);

  @Test
  void showsWhatAnAgentEmits() {
    given(ORDER).when(new Invoicing()).thenEmits(new InvoiceIssued("invoice-o-1-1", "o-1", 40));
    given(new OrderCancelled("o-1")).when(new Invoicing()).thenEmits(new InvoiceVoided("o-1"));
  }

  @Test
  void showsSeveralEventsOfOneTypeInOrder() {
    AgentOutcome outcome = given(new OrderPlaced("o-1", 1500)).when(new Invoicing());

    outcome.thenEmits(
        new InvoiceIssued("invoice-o-1-1", "o-1", 1000),
        new InvoiceIssued("invoice-o-1-2", "o-1", 500));
    fails(
        () ->
            outcome.thenEmits(
                new InvoiceIssued("invoice-o-1-2", "o-1", 500),
                new InvoiceIssued("invoice-o-1-1", "o-1", 1000)));
  }

  @Test
  void acceptsAHistory() {
    given(ORDER).after(ORDER).when(new Invoicing()).thenEmitsNothing();
    given(ORDER)
        .after(new OrderPlaced("o-2", 1), new OrderCancelled("o-2"))
        .when(new Invoicing())
        .thenEmits(new InvoiceIssued("invoice-o-1-1", "o-1", 40));
  }

  @Test
  void acceptsAWholeEvent() {
    Event<OrderPlaced> event =
        new Event<>(
            "e-1",
            "order.placed",
            Instant.parse("2025-01-15T15:02:00Z"),
            ORDER,
            new EventMetadata("req-7", "api-call-3", "shop"));

    given(event)
        .withKey("o-1")
        .when(new Invoicing())
        .thenEmitsSatisfying(
            emitted -> {
              assertThat(emitted)
                  .singleElement()
                  .satisfies(
                      invoice -> {
                        assertThat(invoice.metadata())
                            .isEqualTo(new EventMetadata("req-7", "e-1", "invoicing"));
                      });
            });
  }

  @Test
  void acceptsTextAsAnotherProgramWritesIt() {
    givenJson(
            """
            {"event_id": "e-1", "event_type": "order.placed", "shop": "north",
             "data": {"order_id": "o-1", "amount": 40, "lines": []}}
            """)
        .when(new Invoicing())
        .thenEmits(new InvoiceIssued("invoice-o-1-1", "o-1", 40));
  }

  @Test
  void showsWhatIsNotAddressedToTheAgent() {
    givenJson("an order").when(new Invoicing()).thenSkips();
    given(new InvoiceVoided("o-1")).when(new Invoicing()).thenSkips();

    assertThat(fails(() -> given(ORDER).when(new Invoicing()).thenSkips()))
        .contains("expected invoicing to skip it", "but it emitted 1 event(s)");
    assertThat(fails(() -> givenJson("an order").when(new Invoicing()).thenEmitsNothing()))
        .contains("Given an order", "it skipped it: it has no readable type");
  }

  @Test
  void showsARejection() {
    AgentOutcome outcome = given(new OrderPlaced("o-1", -1)).when(new Invoicing());

    outcome.thenRejects("negative");
    assertThat(fails(() -> outcome.thenRejects("too high")))
        .contains("to reject it because of 'too high'", "it rejected it: the amount is negative");
    assertThat(fails(() -> outcome.thenFails(RuntimeException.class)))
        .contains("it rejected it: the amount is negative");
  }

  @Test
  void showsTheRejectionOfAnEventThatDoesNotFit() {
    givenJson("{\"event_type\": \"order.placed\", \"data\": {\"order_id\": \"o\", \"amount\": 1}}")
        .when(new Invoicing())
        .thenRejects("event_id is missing");
    givenJson("{\"event_id\": \"e\", \"event_type\": \"order.placed\", \"data\": {\"amount\": 1}}")
        .when(new Invoicing())
        .thenRejects("order_id");
  }

  @Test
  void showsAnOutage() {
    AgentOutcome outcome = given(new OrderPlaced("o-1", 503)).when(new Invoicing());

    outcome.thenIsUnavailable("tax office").thenIsUnavailable("tax office", Duration.ofMinutes(1));
    assertThat(fails(() -> outcome.thenIsUnavailable("post office")))
        .contains("to wait for 'post office'", "it waits for 'tax office'");
    assertThat(fails(() -> outcome.thenIsUnavailable("tax office", Duration.ofSeconds(1))))
        .contains("PT1S", "PT1M");
  }

  @Test
  void showsAFailure() {
    AgentOutcome outcome = given(new OrderPlaced("o-1", 13)).when(new Invoicing());

    outcome.thenFails(IllegalStateException.class).thenFails(RuntimeException.class);
    assertThat(fails(() -> outcome.thenFails(IllegalArgumentException.class)))
        .contains("to fail with java.lang.IllegalArgumentException", "bad luck");
    assertThat(fails(() -> outcome.thenRejects("bad luck"))).contains("it failed: ");
  }

  @Test
  void saysWhatWasExpectedAndWhatHappened() {
    assertThat(
            fails(
                () ->
                    given(ORDER)
                        .when(new Invoicing())
                        .thenEmits(new InvoiceIssued("invoice-o-1-1", "o-1", 41))))
        .isEqualToNormalizingNewlines(
            """

            Given order.placed OrderPlaced[orderId=o-1, amount=40, customerNote=null]
            expected invoicing to emit
              InvoiceIssued[invoiceId=invoice-o-1-1, orderId=o-1, amount=41]
            but it emitted
              InvoiceIssued[invoiceId=invoice-o-1-1, orderId=o-1, amount=40]""");
  }

  @Test
  void showsWhereAnUnexpectedFailureComesFrom() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(
            () -> given(new OrderPlaced("o-1", 13)).when(new Invoicing()).thenEmitsNothing())
        .withMessageContaining("but it failed: IllegalStateException: bad luck")
        .withCauseExactlyInstanceOf(IllegalStateException.class);
  }

  @Test
  void saysWhichPartOfAHistoryWasNotHandled() {
    assertThat(fails(() -> given(ORDER).after(new OrderPlaced("o-0", 13)).when(new Invoicing())))
        .contains("The earlier event order.placed", "o-0", "bad luck");
  }

  @Test
  void readsTheTypesOfAnAgentFromItsClass() {
    given(ORDER).when(new Filing()).thenEmitsNothing();
    given(ORDER)
        .when(new Counting())
        .thenEmits(new InvoiceIssued("i", "o-1", 1))
        .thenEmitsSatisfying(
            emitted ->
                assertThat(emitted.getFirst().metadata().source()).isEqualTo("order-counting"));
  }

  static final class Filing implements Consumer<Event<OrderPlaced>> {
    @Override
    public void accept(Event<OrderPlaced> event) {}
  }

  @Agent(name = "order-counting")
  static final class Counting implements Function<Event<OrderPlaced>, Optional<InvoiceIssued>> {
    @Override
    public Optional<InvoiceIssued> apply(Event<OrderPlaced> event) {
      return Optional.of(new InvoiceIssued("i", event.data().orderId(), 1));
    }
  }

  @Test
  void acceptsALambdaWithItsTypes() {
    List<String> seen = new ArrayList<>();

    given(ORDER)
        .when(
            "counting",
            OrderPlaced.class,
            InvoiceVoided.class,
            event -> Stream.of(new InvoiceVoided(event.data().orderId())))
        .thenEmits(new InvoiceVoided("o-1"));
    given(ORDER)
        .when("filing", OrderPlaced.class, event -> seen.add(event.data().orderId()))
        .thenEmitsNothing();
    assertThat(seen).containsExactly("o-1");
  }

  @Test
  void saysWhatToDoAboutAnInvalidAgent() {
    Function<Event<OrderPlaced>, InvoiceVoided> lambda = event -> new InvoiceVoided("o");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> given(ORDER).when(lambda))
        .withMessageContaining("Name them: when(");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> given(ORDER).when("no name", OrderPlaced.class, event -> {}))
        .withMessageContaining("lower case letters, digits and hyphens");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> given(ORDER).when("text", OrderPlaced.class, String.class, event -> "text"))
        .withMessageContaining("String");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AgentUnderTest.of(new Archive()))
        .withMessageContaining("batches of records");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> given(new NoEvent("x")))
        .withMessageContaining("@EventType");
  }

  record NoEvent(String text) {}

  @Agent(topics = ".*-events")
  static final class Archive implements Consumer<RecordBatch> {
    @Override
    public void accept(RecordBatch batch) {}
  }

  @Test
  void refusesWhatAnAgentDoesNotDeclare() {
    given(ORDER)
        .when("counting", OrderPlaced.class, InvoiceVoided.class, event -> ORDER)
        .thenFails(IllegalArgumentException.class);
  }

  private static String fails(ThrowingCallable check) {
    return String.valueOf(
        assertThatExceptionOfType(AssertionError.class).isThrownBy(check).actual().getMessage());
  }
}
