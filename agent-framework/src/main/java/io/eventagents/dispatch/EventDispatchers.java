package io.eventagents.dispatch;

import io.eventagents.Effects;
import io.eventagents.Ordering;
import io.eventagents.binding.AgentDefinition;
import io.eventagents.binding.InvalidAgent;
import io.eventagents.deadletter.DeadLetters;
import io.eventagents.deadletter.Resolutions;
import io.eventagents.observation.AgentStatus;
import io.eventagents.observation.EventTraces;
import io.eventagents.send.RecordSender;
import io.eventagents.wire.EventReader;
import io.eventagents.wire.EventStamp;
import io.eventagents.wire.EventWriter;
import io.eventagents.wire.PayloadTypes;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes each agent's dispatcher from what all agents share.
 *
 * @param reader reads events
 * @param writer writes them
 * @param traces keeps events in their trace
 * @param deadLetters takes events that are given up
 * @param resolutions told how replays went
 * @param workers runs the work on keys side by side
 * @param database what agents with effects need; null in an application without a database
 * @param clock tells the time
 */
public record EventDispatchers(
    EventReader reader,
    EventWriter writer,
    EventTraces traces,
    DeadLetters deadLetters,
    Resolutions resolutions,
    Executor workers,
    @Nullable DatabaseHandlings database,
    Clock clock) {

  /**
   * Makes a dispatcher.
   *
   * @param types what the agent takes
   * @param function the agent
   * @param topicOfDomain the topic for events of a domain
   * @param sender sends what an agent without effects emits
   * @param maxAge agents that call others leave events that are older
   * @param batchTime how long a batch may take
   * @throws InvalidAgent if the agent has effects and there is no database
   */
  public EventDispatcher make(
      AgentStatus status,
      PayloadTypes types,
      AgentFunction function,
      UnaryOperator<String> topicOfDomain,
      RecordSender sender,
      Duration maxAge,
      Duration batchTime) {
    AgentDefinition agent = status.agent();
    AgentCall call =
        new AgentCall(
            status,
            function,
            reader,
            new EventStamp(agent.name(), agent.emits(), topicOfDomain, writer, clock),
            traces);
    StrictOrder strictOrder = strictOrder(status, types);
    FailedAttempts failedAttempts =
        new FailedAttempts(
            status,
            deadLetters,
            agent.effects() == Effects.NONE || database == null ? null : database.writes(),
            strictOrder == null ? null : databaseOf(agent).heldKeys());
    AgentWork work = new AgentWork(call, failedAttempts, status, workers);
    Handling handling =
        switch (agent.effects()) {
          case NONE -> new PureHandling(work, traces.sending(sender));
          case DATABASE -> new DatabaseHandling(work, databaseOf(agent), strictOrder);
          case EXTERNAL ->
              new ExternalHandling(work, databaseOf(agent), strictOrder, maxAge, clock);
        };
    return new EventDispatcher(
        types,
        reader,
        handling,
        new Confirmations(agent.name(), resolutions),
        status,
        batchTime,
        clock);
  }

  private @Nullable StrictOrder strictOrder(AgentStatus status, PayloadTypes types) {
    AgentDefinition agent = status.agent();
    if (agent.ordering() == Ordering.STRICT) {
      return new StrictOrder(status, databaseOf(agent).heldKeys(), reader, types);
    }
    refuseWhereEventsWait(agent);
    return null;
  }

  /** The agent was strict before: nobody would ever handle the events that wait. */
  private void refuseWhereEventsWait(AgentDefinition agent) {
    long keys =
        database == null || agent.effects() == Effects.NONE
            ? 0
            : database.heldKeys().keyCount(agent.name());
    if (keys > 0) {
      throw new InvalidAgent(
          "The agent '%s' is no longer declared Ordering.STRICT, and %d of its keys have events that wait behind a failed one."
              .formatted(agent.name(), keys),
          "Declare it STRICT again, replay or discard its dead letters (POST /dead-letters/replay or /discard), and"
              + " change it when table held_key has no row of it.");
    }
  }

  private DatabaseHandlings databaseOf(AgentDefinition agent) {
    if (database == null) {
      throw new InvalidAgent(
          "The agent '%s' is of kind %s, which records what it handled in a database, and there is no DataSource."
              .formatted(agent.name(), agent.effects()),
          "Add spring-boot-starter-jdbc, flyway-database-postgresql and the PostgreSQL driver and set"
              + " spring.datasource.url, or declare the agent Effects.NONE where a repeat does no harm.");
    }
    return database;
  }
}
