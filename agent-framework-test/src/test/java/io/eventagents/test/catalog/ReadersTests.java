package io.eventagents.test.catalog;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventagents.EventType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ReadersTests {

  enum State {
    OPEN,
    PAID
  }

  enum KnownState {
    OPEN
  }

  enum MoreStates {
    OPEN,
    PAID,
    LOST
  }

  record Line(String sku, int count) {}

  @EventType("order.placed")
  record Published(
      String orderId,
      int amount,
      Instant placedAt,
      State state,
      List<Line> lines,
      Map<String, Integer> counts,
      @Nullable String note) {}

  @Test
  void readerOfLessFits() {
    record LineView(String sku) {}
    @EventType("order.placed")
    record View(String orderId, List<LineView> lines) {}

    assertFits(View.class);
  }

  @Test
  void readerWithWiderTypesFits() {
    @EventType("order.placed")
    record View(
        String orderId,
        double amount,
        String placedAt,
        MoreStates state,
        JsonNode lines,
        Object counts,
        @Nullable String note) {}
    @EventType("order.placed")
    record OtherView(long amount, String state, List<Map<String, Object>> lines) {}

    assertFits(View.class);
    assertFits(OtherView.class);
  }

  @Test
  void requiredFieldThatTheOwnerMayLeaveOutDoesNotFit() {
    @EventType("order.placed")
    record View(String orderId, String note) {}

    assertMisfit(View.class)
        .withMessage(
            "billing reads order.placed as "
                + View.class.getName()
                + ", which does not fit what shop publishes:\n"
                + "- data.note: the reader requires it, but the owner may leave it out; mark it"
                + " @Nullable in the reader's record and handle its absence\n"
                + "What to do: change the reader's record so that it declares only what the owner"
                + " promises (see order.placed.schema.json), or let the owner add what the reader"
                + " needs.");
  }

  @Test
  void fieldThatTheOwnerDoesNotPublishDoesNotFit() {
    @EventType("order.placed")
    record Required(String orderNumber) {}
    @EventType("order.placed")
    record Optional(@Nullable String notes) {}

    assertMisfit(Required.class)
        .withMessageContaining(
            "- data.order_number: the reader requires it (string), but the owner does not publish it;"
                + " every event would be dead-lettered. It publishes: order_id, amount,");
    assertMisfit(Optional.class)
        .withMessageContaining(
            "- data.notes: the reader looks for it (string), but the owner does not publish it; it"
                + " would always be absent. Is 'note' meant?");
  }

  @Test
  void anotherTypeDoesNotFit() {
    record LineView(String sku, String count) {}
    @EventType("order.placed")
    record View(
        int orderId,
        short amount,
        long placedAt,
        List<LineView> lines,
        Map<String, String> counts) {}

    assertMisfit(View.class)
        .withMessageContaining("- data.order_id: the reader expects integer (int32), but the owner")
        .withMessageContaining(
            "- data.placed_at: the reader expects integer (int64), but the owner")
        .withMessageContaining(
            "- data.lines[].count: the reader expects string, but the owner publishes")
        .withMessageContaining(
            "- data.counts.*: the reader expects string, but the owner publishes");
  }

  @Test
  void enumThatLacksAValueOfTheOwnersDoesNotFit() {
    @EventType("order.placed")
    record View(KnownState state) {}

    assertMisfit(View.class)
        .withMessageContaining(
            "- data.state: the owner publishes PAID, which the reader does not know; it knows OPEN");
  }

  @Test
  void unpublishedEventOfAnotherDomainIsAccepted() {
    @EventType("invoice.issued")
    record View(String invoiceId) {}

    assertFits(View.class);
  }

  @Test
  void unpublishedEventOfADomainOfTheRepositoryIsAMistake() {
    @EventType("order.cancelled")
    record View(String orderId) {}

    assertMisfit(View.class)
        .withMessageStartingWith("billing reads order.cancelled (" + View.class.getName())
        .withMessageContaining("which nobody publishes, though others of the domain 'order' are")
        .withMessageEndingWith("correct its @EventType, or publish the event.");
  }

  @Test
  void nameThatIsCloseToThatOfAnEventIsAMistake() {
    @EventType("oder.placed")
    record View(String orderId) {}

    assertMisfit(View.class)
        .withMessageEndingWith("correct its @EventType ('order.placed'?), or publish the event.");
  }

  private static void assertFits(Class<?> view) {
    assertThatCode(() -> verify(view)).doesNotThrowAnyException();
  }

  private static ThrowableAssertAlternative<AssertionError> assertMisfit(Class<?> view) {
    return assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> verify(view));
  }

  private static void verify(Class<?> view) {
    catalog(view).verifyReaders();
  }

  private static EventCatalog catalog(Class<?> view) {
    return new EventCatalog(
        new DeclaredEvents(
            List.of(new DeclaredEvent("shop", Schemas.payload(Published.class))),
            List.of(new DeclaredEvent("billing", Schemas.payload(view)))));
  }
}
