package io.eventagents.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTypeNameTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "task.created",
        "reminder.due",
        "order.paid",
        "user.signed_up",
        "user.signed-in",
        "password.reset",
        "value.put",
        "user.quit",
        "payment.split",
        "create-request.received",
        "request.creation_failed",
        "import.started",
        "animal.fed",
        "task2.created",
        "job.run_ended",
        "release_order.cancelled"
      })
  void takesFacts(String name) {
    EventTypeName parsed = EventTypeName.parse(name);

    assertThat(parsed).hasToString(name);
  }

  @ParameterizedTest
  @CsvSource({
    "task.create,             task.created",
    "order.place,             order.placed",
    "order.ship,              order.shipped",
    "user.sign_up,            user.signed_up",
    "user.log-in,             user.logged-in",
    "order.cancel,            order.canceled",
    "file.copy,               file.copied",
    "key.destroy,             key.destroyed",
    "task.drop,               task.dropped",
    "mail.send,               mail.sent",
    "invoice.pay,             invoice.paid",
    "job.run,                 job.run_ended",
    "animal.feed,             animal.fed",
    "order.proceed,           order.proceeded",
    "stock.reorder_order,     stock.reordered_order",
    "account.verify_by_email, account.verified_by_email"
  })
  void refusesImperativesAndSaysHowToNameTheFact(String imperative, String fact) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EventTypeName.parse(imperative))
        .withMessageContainingAll("'" + imperative + "' is an imperative", "'" + fact + "'");
    assertThat(EventTypeName.parse(fact)).hasToString(fact);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "task",
        "task.",
        ".created",
        "Task.Created",
        "task.created.now",
        "task created",
        "task. created",
        "task.created ",
        "task.created?",
        "task..created",
        "task._created",
        "tâche.created",
        "2task.created"
      })
  void refusesOtherForms(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EventTypeName.parse(name))
        .withMessageContainingAll("'" + name + "'", "domain.action", "task.created");
  }

  @ParameterizedTest
  @CsvSource({"task.created, task-events", "purchase-order.placed, purchase-order-events"})
  void theDomainGivesTheTopic(String name, String topic) {
    assertThat(EventTypeName.parse(name).topic()).isEqualTo(topic);
  }
}
