package io.eventagents.orchestrator.followup;

import io.eventagents.ExpiredRows;
import io.eventagents.Rows;
import io.eventagents.StorableKey;
import io.eventagents.StorableText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Follow-ups in the database. */
public final class FollowUpStore {

  private static final String COLUMNS =
      """
      cause_id, cause_id_text, cause_type, event_type, correlation_id, task_id, task_id_text, ordinal,
      deadline, missed_at, followed_at, followed_by""";

  private final JdbcClient jdbc;

  public FollowUpStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Stores a follow-up once; if its event came first, it has followed. */
  void await(FollowUp awaited, Instant now) {
    StorableKey cause = StorableKey.of(awaited.causeId());
    String taskId = awaited.taskId();
    StorableKey task = taskId == null ? null : StorableKey.of(taskId);
    jdbc.sql(
            """
            insert into orchestrator.follow_ups as stored
              (cause_id, cause_id_text, cause_type, event_type, correlation_id, task_id, task_id_text,
               ordinal, deadline, created_at)
            values
              (:cause_id, :cause_id_text, :cause_type, :event_type, :correlation_id, :task_id, :task_id_text,
               :ordinal, :deadline, :now)
            on conflict (cause_id, event_type) do update
            set cause_type = excluded.cause_type, correlation_id = excluded.correlation_id,
              task_id = excluded.task_id, task_id_text = excluded.task_id_text, ordinal = excluded.ordinal, deadline = excluded.deadline,
              followed_at = case when stored.correlation_id = excluded.correlation_id then stored.followed_at end,
              followed_by = case when stored.correlation_id = excluded.correlation_id then stored.followed_by end
            where stored.deadline is null
            """)
        .param("cause_id", cause.key())
        .param("cause_id_text", cause.text(), Types.VARCHAR)
        .param("cause_type", awaited.causeType())
        .param("event_type", awaited.eventType())
        .param("correlation_id", StorableText.escape(awaited.correlationId()))
        .param("task_id", task == null ? null : task.key(), Types.VARCHAR)
        .param("task_id_text", task == null ? null : task.text(), Types.VARCHAR)
        .param("ordinal", awaited.ordinal())
        .param("deadline", Rows.utc(awaited.deadline()))
        .param("now", Rows.utc(now))
        .update();
  }

  /**
   * Records an event whose cause has not been read yet, and may never be.
   *
   * @return false if the cause is known already, or another such event was recorded
   */
  boolean note(FollowingEvent early, Instant now) {
    StorableKey cause = StorableKey.of(early.causeId());
    return jdbc.sql(
                """
                insert into orchestrator.follow_ups
                  (cause_id, cause_id_text, event_type, correlation_id, followed_at, followed_by, created_at)
                values
                  (:cause_id, :cause_id_text, :event_type, :correlation_id, :followed_at, :followed_by, :now)
                on conflict (cause_id, event_type) do nothing
                """)
            .param("cause_id", cause.key())
            .param("cause_id_text", cause.text(), Types.VARCHAR)
            .param("event_type", early.eventType())
            .param("correlation_id", StorableText.escape(early.correlationId()))
            .param("followed_at", Rows.utc(early.occurredAt()))
            .param("followed_by", StorableText.escape(early.eventId()))
            .param("now", Rows.utc(now))
            .update()
        == 1;
  }

  /** The follow-up that this event fulfils, locked until the transaction ends. */
  Optional<FollowUp> lockFollowedBy(FollowingEvent follower) {
    return jdbc.sql(
            """
            select %s from orchestrator.follow_ups
            where cause_id = :cause_id and event_type = :event_type and correlation_id = :correlation_id
              and deadline is not null
            for update
            """
                .formatted(COLUMNS))
        .param("cause_id", StorableKey.of(follower.causeId()).key())
        .param("event_type", follower.eventType())
        .param("correlation_id", StorableText.escape(follower.correlationId()))
        .query((row, number) -> followUp(row))
        .optional();
  }

  void followed(FollowUp followUp, FollowingEvent by) {
    jdbc.sql(
            """
            update orchestrator.follow_ups set followed_at = :at, followed_by = :by
            where cause_id = :cause_id and event_type = :event_type
            """)
        .param("at", Rows.utc(by.occurredAt()))
        .param("by", StorableText.escape(by.eventId()))
        .param("cause_id", StorableKey.of(followUp.causeId()).key())
        .param("event_type", followUp.eventType())
        .update();
  }

  void add(FollowingEvent follower, Instant now) {
    StorableKey event = StorableKey.of(follower.eventId());
    StorableKey cause = StorableKey.of(follower.causeId());
    jdbc.sql(
            """
            insert into orchestrator.followers
              (event_id, event_id_text, cause_id, cause_id_text, event_type, occurred_at, correlation_id,
               source, created_at)
            values
              (:event_id, :event_id_text, :cause_id, :cause_id_text, :event_type, :occurred_at, :correlation_id,
               :source, :now)
            on conflict (event_id) do nothing
            """)
        .param("event_id", event.key())
        .param("event_id_text", event.text(), Types.VARCHAR)
        .param("cause_id", cause.key())
        .param("cause_id_text", cause.text(), Types.VARCHAR)
        .param("event_type", follower.eventType())
        .param("occurred_at", Rows.utc(follower.occurredAt()))
        .param("correlation_id", StorableText.escape(follower.correlationId()))
        .param("source", StorableText.escape(follower.source()))
        .param("now", Rows.utc(now))
        .update();
  }

  /**
   * Some of those whose deadline has passed, the oldest deadline first, locked until the
   * transaction ends. Those that another transaction has locked are skipped.
   *
   * @param eventTypes only events of these types
   * @param skipped how many to skip at the beginning
   */
  List<FollowUp> lockOverdue(Collection<String> eventTypes, Instant now, int limit, int skipped) {
    return jdbc.sql(
            """
            select %s from orchestrator.follow_ups
            where deadline is not null and missed_at is null and followed_at is null
              and deadline <= :now and event_type in (:event_types)
            order by deadline limit :limit offset :skipped
            for update skip locked
            """
                .formatted(COLUMNS))
        .param("now", Rows.utc(now))
        .param("event_types", eventTypes)
        .param("limit", limit)
        .param("skipped", skipped)
        .query((row, number) -> followUp(row))
        .list();
  }

  void missed(FollowUp followUp, Instant now) {
    jdbc.sql(
            """
            update orchestrator.follow_ups set missed_at = :now
            where cause_id = :cause_id and event_type = :event_type
            """)
        .param("now", Rows.utc(now))
        .param("cause_id", StorableKey.of(followUp.causeId()).key())
        .param("event_type", followUp.eventType())
        .update();
  }

  /** Those of a task, in the order of their causes; only the newest if there are too many. */
  public List<FollowUp> ofTask(String taskId, int limit) {
    return jdbc.sql(
            """
            select * from (
              select %s, created_at from orchestrator.follow_ups
              where task_id = :task_id and deadline is not null
              order by created_at desc, cause_id, ordinal desc limit :limit) newest
            order by created_at, cause_id, ordinal
            """
                .formatted(COLUMNS))
        .param("task_id", StorableKey.of(taskId).key())
        .param("limit", limit)
        .query((row, number) -> followUp(row))
        .list();
  }

  /**
   * What followed any of these events, in the order in which it happened. Any program may publish
   * any number of events that follow one, under names of any length: only the first of each are
   * read, as long as they are not too large.
   *
   * @param ofEach how many for each event
   * @param bytes how large all of them may be together
   */
  public FollowingEvents followersOf(Collection<String> causeIds, int ofEach, long bytes) {
    if (causeIds.isEmpty()) {
      return FollowingEvents.NONE;
    }
    Map<String, String> ids = new HashMap<>();
    causeIds.forEach(id -> ids.put(StorableKey.of(id).key(), id));
    List<FollowingEvent> found = new ArrayList<>();
    Map<String, Boolean> more = new HashMap<>();
    jdbc.sql(
            """
            select c.id as of, f.occurred_at, f.place, f.more, f.fits,
              case when f.fits then f.event_id end as event_id,
              case when f.fits then f.event_id_text end as event_id_text,
              case when f.fits then f.event_type end as event_type,
              case when f.fits then f.correlation_id end as correlation_id,
              case when f.fits then f.source end as source
            from unnest(:cause_ids) as c (id) cross join lateral (
              select *, bytes <= :bytes as fits from (
                select *, row_number() over w as place, lead(event_id) over w is not null as more,
                  sum(256 + octet_length(event_id) + octet_length(event_type)
                    + octet_length(correlation_id) + octet_length(source)
                    + coalesce(octet_length(event_id_text), 0)
                    + coalesce(octet_length(cause_id_text), 0)) over w as bytes
                from (
                  select * from orchestrator.followers where cause_id = c.id
                  order by occurred_at, event_id limit :limit) first
                window w as (order by occurred_at, event_id rows unbounded preceding)) each
              where bytes <= :bytes or place = 1) f
            order by f.occurred_at, f.event_id
            """)
        .param("cause_ids", ids.keySet().toArray(String[]::new))
        .param("limit", ofEach + 1)
        .param("bytes", bytes / ids.size())
        .query(
            row -> {
              String cause = Objects.requireNonNull(ids.get(row.getString("of")));
              boolean shown = row.getBoolean("fits") && row.getInt("place") <= ofEach;
              more.put(cause, !shown || row.getBoolean("more"));
              if (shown) {
                found.add(
                    new FollowingEvent(
                        Rows.original(row, "event_id"),
                        row.getString("event_type"),
                        Rows.instant(row, "occurred_at"),
                        StorableText.unescape(row.getString("correlation_id")),
                        cause,
                        StorableText.unescape(row.getString("source"))));
              }
            });
    more.values().removeIf(cut -> !cut);
    return new FollowingEvents(List.copyOf(found), Set.copyOf(more.keySet()));
  }

  /**
   * Deletes what is no longer shown, in small transactions, until nothing is left.
   *
   * @param dueBefore what was due before this time, even if no rule names it any more
   * @param earlyBefore what was read before this time, ahead of a cause that never came
   */
  public void purge(Instant dueBefore, Instant earlyBefore) {
    ExpiredRows.delete(jdbc, "orchestrator.follow_ups", "deadline < :before", dueBefore);
    ExpiredRows.delete(
        jdbc, "orchestrator.follow_ups", "deadline is null and created_at < :before", earlyBefore);
    ExpiredRows.delete(jdbc, "orchestrator.followers", "created_at < :before", dueBefore);
  }

  private static FollowUp followUp(ResultSet row) throws SQLException {
    String followedBy = row.getString("followed_by");
    return new FollowUp(
        Rows.original(row, "cause_id"),
        row.getString("cause_type"),
        row.getString("event_type"),
        StorableText.unescape(row.getString("correlation_id")),
        Rows.originalOrNull(row, "task_id"),
        row.getInt("ordinal"),
        Rows.instant(row, "deadline"),
        Rows.instantOrNull(row, "missed_at"),
        Rows.instantOrNull(row, "followed_at"),
        followedBy == null ? null : StorableText.unescape(followedBy));
  }
}
