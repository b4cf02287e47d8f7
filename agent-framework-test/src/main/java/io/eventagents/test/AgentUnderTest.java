package io.eventagents.test;

import io.eventagents.Agent;
import io.eventagents.Effects;
import io.eventagents.binding.AgentDefinition;
import io.eventagents.binding.Intake;
import io.eventagents.binding.InvalidAgent;
import io.eventagents.deadletter.DeadLetters;
import io.eventagents.deadletter.Resolutions;
import io.eventagents.dispatch.AgentFunction;
import io.eventagents.dispatch.EventDispatcher;
import io.eventagents.dispatch.EventDispatchers;
import io.eventagents.observation.AgentState;
import io.eventagents.observation.AgentStatus;
import io.eventagents.observation.EventTraces;
import io.eventagents.retry.BatchInterrupted;
import io.eventagents.retry.RetryPolicy;
import io.eventagents.send.RecordSender;
import io.eventagents.wire.EventReader;
import io.eventagents.wire.EventWriter;
import io.eventagents.wire.PayloadTypes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.StringUtils;

/** An agent behind the production dispatcher; its records are kept instead of sent. */
final class AgentUnderTest {

  private static final RetryPolicy ONCE = new RetryPolicy(1, Duration.ZERO, 1, Duration.ZERO, 0);

  private final AgentDefinition definition;
  private final PayloadTypes takes;
  private final AgentStatus status;
  private final EventDispatcher dispatcher;
  private final List<ProducerRecord<byte[], byte[]>> emitted = new ArrayList<>();
  private final List<ProducerRecord<byte[], byte[]>> failed = new ArrayList<>();
  private @Nullable Throwable thrown;

  private AgentUnderTest(AgentDefinition declared, Object agent) {
    takes =
        switch (declared.intake()) {
          case Intake.Events events -> events.types();
          case Intake.Records records ->
              throw new IllegalArgumentException(
                  "The agent '%s' takes batches of records instead of events. Call it with a RecordBatch, or test it with @AgentTest and Chains."
                      .formatted(declared.name()));
        };
    definition =
        new AgentDefinition(
            declared.name(),
            declared.beanName(),
            Effects.NONE,
            declared.intake(),
            declared.emits());
    status = new AgentStatus(definition, ONCE, 1);
    EventReader reader = new EventReader();
    EventWriter writer = new EventWriter();
    Clock clock = Clock.systemUTC();
    Resolutions resolutions = new Resolutions(keptIn(failed), reader, writer, clock);
    dispatcher =
        new EventDispatchers(
                reader,
                writer,
                EventTraces.handedOn(),
                new DeadLetters(keptIn(failed), reader, writer, resolutions, clock),
                resolutions,
                Runnable::run,
                null,
                clock)
            .make(
                status,
                takes,
                watched(agent),
                domain -> domain + "-events",
                keptIn(emitted),
                Duration.ofDays(1),
                Duration.ofHours(1));
  }

  /** An agent whose class gives its name and types. */
  static AgentUnderTest of(Object agent) {
    Class<?> type = agent.getClass();
    if (type.isSynthetic() || type.isAnonymousClass()) {
      throw new IllegalArgumentException(
          "A lambda or an anonymous class does not reveal its name and types. Name them:"
              + " when(\"notification-sms\", TaskCreated.class, NotificationSent.class, agent).");
    }
    return of(
        StringUtils.uncapitalize(type.getSimpleName()), ResolvableType.forInstance(agent), agent);
  }

  /** An agent of this name and type. */
  static AgentUnderTest of(String beanName, ResolvableType type, Object agent) {
    Agent annotation = AnnotatedElementUtils.findMergedAnnotation(agent.getClass(), Agent.class);
    try {
      return new AgentUnderTest(AgentDefinition.of(beanName, type, annotation), agent);
    } catch (InvalidAgent e) {
      throw new IllegalArgumentException(e.problem() + " " + e.action(), e);
    }
  }

  String name() {
    return definition.name();
  }

  PayloadTypes takes() {
    return takes;
  }

  PayloadTypes emits() {
    return definition.emits();
  }

  private static RecordSender keptIn(List<ProducerRecord<byte[], byte[]>> records) {
    return record -> {
      records.add(record);
      return CompletableFuture.allOf();
    };
  }

  /**
   * The same agent, with its exception kept, so that a failed check can show where it comes from.
   */
  private AgentFunction watched(Object agent) {
    AgentFunction function = AgentFunction.of(agent);
    return event -> {
      try {
        return function.apply(event);
      } catch (Throwable e) {
        thrown = e;
        throw e;
      }
    };
  }

  /** Lets the agent handle a record. */
  Handled handle(ConsumerRecord<byte[], byte[]> record) {
    emitted.clear();
    failed.clear();
    thrown = null;
    long skipped = status.counts().skipped.sum();
    long unreadable = status.counts().unreadable.sum();
    try {
      dispatcher.dispatch(List.of(record));
    } catch (BatchInterrupted e) {
      String dependency =
          status.state() instanceof AgentState.Waiting waiting
              ? waiting.dependency()
              : String.valueOf(e.getMessage());
      return new Handled.Unavailable(record, dependency, thrown);
    }
    if (status.counts().skipped.sum() > skipped) {
      return new Handled.Skipped(record, "the agent does not take its type");
    }
    if (status.counts().unreadable.sum() > unreadable) {
      return new Handled.Skipped(record, "it has no readable type");
    }
    return failed.isEmpty()
        ? new Handled.Emitted(record, List.copyOf(emitted))
        : Handled.GivenUp.of(record, List.copyOf(failed), thrown);
  }
}
