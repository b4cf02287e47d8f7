package io.eventagents.scheduling.calendar;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A feed as clients see it.
 *
 * @param url its secret address, which only the answer to its creation contains
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record FeedView(UUID id, String ownerId, Instant createdAt, @Nullable String url) {

  static FeedView of(Feed feed, @Nullable String url) {
    return new FeedView(feed.id(), feed.ownerId(), feed.createdAt(), url);
  }
}
