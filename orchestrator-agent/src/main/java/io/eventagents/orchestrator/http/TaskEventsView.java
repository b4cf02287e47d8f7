package io.eventagents.orchestrator.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.eventagents.orchestrator.followup.FollowingEvent;
import io.eventagents.orchestrator.followup.FollowingEvents;
import io.eventagents.orchestrator.task.StoredEvent;
import io.eventagents.orchestrator.task.TaskCursor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The events of a task as clients see them: each event of its own, then the events that are known
 * to have followed it. Of those, only the envelope is stored.
 */
@JsonNaming(SnakeCaseStrategy.class)
record TaskEventsView(List<EventView> events, @Nullable String nextCursor) {

  static TaskEventsView of(List<StoredEvent> events, FollowingEvents followers, boolean more) {
    Map<String, List<FollowingEvent>> byCause =
        followers.shown().stream().collect(Collectors.groupingBy(FollowingEvent::causeId));
    List<EventView> views = new ArrayList<>();
    for (StoredEvent event : events) {
      views.add(EventView.of(event, followers.cut().contains(event.eventId())));
      byCause.getOrDefault(event.eventId(), List.of()).stream()
          .map(EventView::of)
          .forEach(views::add);
    }
    return new TaskEventsView(
        views, more ? new TaskCursor(events.getLast().position()).encoded() : null);
  }

  /**
   * An event; it has no data if another agent published it.
   *
   * @param moreFollowed whether more events have followed it than are shown; omitted if not
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record EventView(
      String eventId,
      String eventType,
      Instant occurredAt,
      @JsonInclude(Include.NON_NULL) @Nullable JsonNode data,
      MetadataView metadata,
      @JsonInclude(Include.NON_DEFAULT) boolean moreFollowed) {

    static EventView of(StoredEvent event, boolean moreFollowed) {
      return new EventView(
          event.eventId(),
          event.eventType(),
          event.occurredAt(),
          event.data(),
          new MetadataView(event.correlationId(), event.causationId(), event.source()),
          moreFollowed);
    }

    static EventView of(FollowingEvent follower) {
      return new EventView(
          follower.eventId(),
          follower.eventType(),
          follower.occurredAt(),
          null,
          new MetadataView(follower.correlationId(), follower.causeId(), follower.source()),
          false);
    }
  }

  /** Ties the event to others. */
  @JsonNaming(SnakeCaseStrategy.class)
  record MetadataView(String correlationId, String causationId, String source) {}
}
