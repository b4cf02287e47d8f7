package io.eventagents.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.eventagents.EntityKey;
import io.eventagents.EventType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTypesTests {

  sealed interface Anything permits TaskEvent, OrderEvent, InvoiceIssued {}

  sealed interface TaskEvent extends Anything {
    @EventType("task.created")
    record Created(@EntityKey String id) implements TaskEvent {}

    sealed interface Ended extends TaskEvent {
      @EventType("task.completed")
      record Completed(String id) implements Ended {}
    }
  }

  sealed interface OrderEvent extends Anything {
    @EventType("order.placed")
    record Placed(@EntityKey UUID id) implements OrderEvent {}
  }

  @EventType("invoice.issued")
  record InvoiceIssued(@EntityKey @Nullable String id) implements Anything {}

  record Unnamed(String id) {}

  @EventType("task.create")
  record Commanded(String id) {}

  @EventType("TaskCreated")
  record Misnamed(String id) {}

  @EventType("task.moved")
  record TwoKeys(@EntityKey String task, @EntityKey String list) {}

  sealed interface Twice {
    @EventType("task.created")
    record One(String id) implements Twice {}

    @EventType("task.created")
    record Other(String id) implements Twice {}
  }

  sealed interface HalfOpen {
    @EventType("task.created")
    record Created(String id) implements HalfOpen {}

    non-sealed interface Other extends HalfOpen {}
  }

  interface Open {}

  sealed interface WithClass {
    final class Mutable implements WithClass {}
  }

  @Test
  void aRecordIsOne() {
    PayloadTypes types = PayloadTypes.of(InvoiceIssued.class);

    assertThat(types.all()).extracting(PayloadType::eventType).containsExactly("invoice.issued");
    assertThat(types.topics()).containsExactly("invoice-events");
  }

  @Test
  void aSealedInterfaceIsAllThatItPermitsHoweverDeep() {
    PayloadTypes types = PayloadTypes.of(Anything.class);

    assertThat(types.all())
        .extracting(PayloadType::eventType)
        .containsExactly("task.created", "task.completed", "order.placed", "invoice.issued");
    assertThat(types.domains()).containsExactly("invoice", "order", "task");
    assertThat(types.topics()).containsExactly("invoice-events", "order-events", "task-events");
  }

  @Test
  void aTypeIsFoundByItsNameAndByItsPayload() {
    PayloadTypes types = PayloadTypes.of(Anything.class);

    assertThat(types.named("task.completed"))
        .get()
        .extracting(PayloadType::recordClass)
        .isEqualTo(TaskEvent.Ended.Completed.class);
    assertThat(types.named("task.deleted")).isEmpty();
    assertThat(types.of(new TaskEvent.Created("t")).eventType()).isEqualTo("task.created");
  }

  @Test
  void aPayloadThatIsNotDeclaredIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PayloadTypes.of(TaskEvent.class).of(new InvoiceIssued("i")))
        .withMessageContainingAll(InvoiceIssued.class.getName(), TaskEvent.Created.class.getName());
  }

  @Test
  void aKeyIsWrittenAsText() {
    UUID id = UUID.fromString("917da08a-525e-5617-8d05-bec94c93121d");

    assertThat(key(new OrderEvent.Placed(id))).isEqualTo(id.toString());
    assertThat(key(new TaskEvent.Created("tâche-1"))).isEqualTo("tâche-1");
  }

  @Test
  void aPayloadMayNameNoKey() {
    PayloadType type = PayloadTypes.of(Anything.class).of(new TaskEvent.Ended.Completed("t"));

    assertThat(type.hasEntityKey()).isFalse();
    assertThat(type.keyOf(new TaskEvent.Ended.Completed("t"))).isEmpty();
  }

  @Test
  void aKeyThatIsNullIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> key(new InvoiceIssued(null)))
        .withMessageContainingAll("@EntityKey", InvoiceIssued.class.getName(), "is null");
  }

  @Test
  void aRecordWithoutANameIsRefused() {
    assertRefused(
        Unnamed.class,
        "The payload " + Unnamed.class.getName() + " has no @EventType.",
        "@EventType(\"task.created\")");
  }

  @Test
  void anImperativeIsRefused() {
    assertRefused(
        Commanded.class,
        "The payload "
            + Commanded.class.getName()
            + " is misnamed. The event type 'task.create' is an imperative ('create').",
        "'task.created'");
  }

  @Test
  void aNameOfAnotherFormIsRefused() {
    assertRefused(
        Misnamed.class,
        "The payload "
            + Misnamed.class.getName()
            + " is misnamed. The event type 'TaskCreated' is not of the form domain.action.",
        "'task.created'");
  }

  @Test
  void severalKeysAreRefused() {
    assertRefused(
        TwoKeys.class,
        "The payload " + TwoKeys.class.getName() + " has several components marked @EntityKey.",
        "mark one");
  }

  @Test
  void twoRecordsOfOneEventAreRefused() {
    assertRefused(
        Twice.class,
        "Both %s and %s of %s are @EventType(\"task.created\")."
            .formatted(
                Twice.One.class.getName(), Twice.Other.class.getName(), Twice.class.getName()),
        "Keep one of them.");
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Open.class,
        HalfOpen.class,
        WithClass.class,
        String.class,
        Object.class,
        List.class,
        Thread.State.class,
        byte[].class
      })
  void whatIsNoRecordIsRefused(Class<?> payload) {
    assertThatExceptionOfType(InvalidPayload.class)
        .isThrownBy(() -> PayloadTypes.of(payload))
        .satisfies(
            refused -> {
              assertThat(refused.problem())
                  .endsWith("is neither a record nor a sealed interface of records.");
              assertThat(refused.action()).contains("Make it a record with @EventType");
            });
  }

  private static void assertRefused(Class<?> payload, String problem, String action) {
    assertThatExceptionOfType(InvalidPayload.class)
        .isThrownBy(() -> PayloadTypes.of(payload))
        .satisfies(
            refused -> {
              assertThat(refused.problem()).isEqualTo(problem);
              assertThat(refused.action()).contains(action);
              assertThat(refused).hasMessage(refused.problem() + " " + refused.action());
            });
  }

  private static String key(Object payload) {
    return new String(
        PayloadTypes.of(Anything.class).of(payload).keyOf(payload).orElseThrow(), UTF_8);
  }
}
