package io.eventagents.test.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.eventagents.EntityKey;
import io.eventagents.EventType;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BreakageTests {

  private static final String TYPE = "order.placed";

  @EventType(TYPE)
  record Order(String orderId) {}

  @EventType(TYPE)
  record WithNote(String orderId, @Nullable String note) {}

  @EventType(TYPE)
  record WithRequiredNote(String orderId, String note) {}

  @Test
  void sameSchemaBreaksNobody() {
    assertThat(breakages(WithNote.class, WithNote.class)).isEmpty();
  }

  @Test
  void addedOptionalFieldBreaksNobody() {
    assertThat(breakages(Order.class, WithNote.class)).isEmpty();
  }

  @Test
  void orderDescriptionKeyAndJavaNamesBreakNobody() {
    @EventType(TYPE)
    record Renamed(
        @JsonPropertyDescription("What the buyer said") @Nullable String note,
        @EntityKey String orderId) {}

    assertThat(breakages(WithNote.class, Renamed.class)).isEmpty();
  }

  @Test
  void anotherJavaTypeOfTheSameShapeBreaksNobody() {
    @EventType(TYPE)
    record Before(Instant at, List<String> tags, @Nullable String note, Line line) {}
    @EventType(TYPE)
    @SuppressWarnings("ArrayRecordComponent") // Payloads may have them.
    record After(OffsetDateTime at, String[] tags, Optional<String> note, Row line) {}

    assertThat(breakages(Before.class, After.class)).isEmpty();
  }

  @Test
  void addedRequiredFieldBreaksReadersOfOldEvents() {
    assertThat(breakages(Order.class, WithRequiredNote.class))
        .containsExactly(
            "data.note is new and required: events that were published before do not have it, and"
                + " readers that require it dead-letter them");
  }

  @Test
  void newlyRequiredFieldBreaksReadersOfOldEvents() {
    assertThat(breakages(WithNote.class, WithRequiredNote.class))
        .singleElement()
        .asString()
        .startsWith("data.note is newly required");
  }

  @Test
  void fieldThatIsNoLongerAlwaysThereBreaksReadersOfNewEvents() {
    assertThat(breakages(WithRequiredNote.class, WithNote.class))
        .singleElement()
        .asString()
        .startsWith("data.note is no longer always there");
  }

  @Test
  void removedFieldBreaksWhetherItWasRequiredOrNot() {
    assertThat(breakages(WithRequiredNote.class, Order.class))
        .containsExactly("data.note was removed (it was string): its readers find nothing");
    assertThat(breakages(WithNote.class, Order.class))
        .containsExactly("data.note was removed (it was string): its readers find nothing");
  }

  @Test
  void renamedFieldIsOneRemovedAndOneAdded() {
    @EventType(TYPE)
    record Renamed(String orderNumber) {}

    assertThat(breakages(Order.class, Renamed.class))
        .satisfiesExactly(
            removed -> assertThat(removed).startsWith("data.order_id was removed"),
            added -> assertThat(added).startsWith("data.order_number is new and required"));
  }

  @Test
  void retypedFieldBreaks() {
    @EventType(TYPE)
    record Before(
        int widened,
        long narrowed,
        int text,
        String timed,
        Instant local,
        UUID id,
        List<String> one,
        Line line,
        boolean flag) {}
    @EventType(TYPE)
    record After(
        long widened,
        int narrowed,
        String text,
        Instant timed,
        LocalDateTime local,
        String id,
        String one,
        Map<String, String> line,
        double flag) {}

    assertThat(breakages(Before.class, After.class))
        .extracting(
            line -> line.substring(0, line.indexOf(':') < 0 ? line.length() : line.indexOf(':')))
        .containsExactlyInAnyOrder(
            "data.widened was retyped from integer (int32) to integer (int64)",
            "data.narrowed was retyped from integer (int64) to integer (int32)",
            "data.text was retyped from integer (int32) to string",
            "data.timed was retyped from string to string (date-time)",
            "data.local was retyped from string (date-time) to string (local-date-time)",
            "data.id was retyped from string (uuid) to string",
            "data.one was retyped from array to string",
            "data.line.sku is no longer always there",
            "data.line.count is no longer always there",
            "data.flag was retyped from boolean to number");
  }

  @Test
  void changeWithinListsMapsAndRecordsBreaks() {
    record NewLine(String sku) {}
    @EventType(TYPE)
    record Before(List<Line> lines, Map<String, Integer> counts, List<List<Integer>> grid) {}
    @EventType(TYPE)
    record After(List<NewLine> lines, Map<String, String> counts, List<List<String>> grid) {}

    assertThat(breakages(Before.class, After.class))
        .extracting(line -> line.substring(0, line.indexOf(' ')))
        .containsExactly("data.lines[].count", "data.counts.*", "data.grid[][]");
  }

  @Test
  void elementsThatMayBeNullFromNowOnBreak() {
    @EventType(TYPE)
    record Before(List<String> tags, Map<String, Line> lines) {}
    @EventType(TYPE)
    record After(List<@Nullable String> tags, Map<String, @Nullable Line> lines) {}

    assertThat(breakages(Before.class, After.class))
        .extracting(line -> line.substring(0, line.indexOf(':')))
        .containsExactly(
            "data.tags[] was retyped from string to string or null",
            "data.lines.* was retyped from object to object or null");
  }

  @Test
  void valueAddedToAnEnumBreaksReadersOfNewEvents() {
    @EventType(TYPE)
    record Before(Two state) {}
    @EventType(TYPE)
    record After(Three state) {}

    assertThat(breakages(Before.class, After.class))
        .containsExactly("data.state may now be SENT: readers know only OPEN, PAID");
  }

  @Test
  void valueTakenFromAnEnumBreaksReadersOfOldEvents() {
    @EventType(TYPE)
    record Before(Three state) {}
    @EventType(TYPE)
    record After(Two state) {}

    assertThat(breakages(Before.class, After.class))
        .containsExactly("data.state can no longer be SENT: events that were published before are");
  }

  @Test
  void enumThatBecomesATextOrTheOtherWayRoundBreaks() {
    @EventType(TYPE)
    record Named(Two state) {}
    @EventType(TYPE)
    record Free(String state) {}

    assertThat(breakages(Named.class, Free.class))
        .singleElement()
        .asString()
        .startsWith("data.state was retyped from string (one of OPEN, PAID) to string");
    assertThat(breakages(Free.class, Named.class))
        .singleElement()
        .asString()
        .startsWith("data.state was retyped from string to string (one of OPEN, PAID)");
  }

  @Test
  void recordThatHoldsItsOwnKindIsComparedOnce() {
    record Tree(String name, List<Tree> children) {}
    record OtherTree(String title, List<OtherTree> children) {}
    @EventType(TYPE)
    record Before(Tree tree) {}
    @EventType(TYPE)
    record After(OtherTree tree) {}

    assertThat(breakages(Before.class, Before.class)).isEmpty();
    assertThat(breakages(Before.class, After.class))
        .satisfiesExactly(
            removed -> assertThat(removed).startsWith("data.tree.name was removed"),
            added -> assertThat(added).startsWith("data.tree.title is new and required"));
  }

  enum Two {
    OPEN,
    PAID
  }

  enum Three {
    OPEN,
    PAID,
    SENT
  }

  record Line(String sku, int count) {}

  record Row(String sku, int count) {}

  private static List<String> breakages(Class<?> before, Class<?> after) {
    EventSchema committed = EventSchema.parse(Schemas.of(before).text());
    return Breakage.between(committed, Schemas.of(after)).stream().map(Breakage::toString).toList();
  }
}
