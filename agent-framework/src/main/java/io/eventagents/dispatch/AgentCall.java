package io.eventagents.dispatch;

import io.eventagents.CorrelationId;
import io.eventagents.Event;
import io.eventagents.EventHeaders;
import io.eventagents.observation.AgentCounts;
import io.eventagents.observation.AgentStatus;
import io.eventagents.observation.EventTraces;
import io.eventagents.wire.Ancestry;
import io.eventagents.wire.ChainLimits;
import io.eventagents.wire.Descent;
import io.eventagents.wire.EventReader;
import io.eventagents.wire.EventStamp;
import io.eventagents.wire.MalformedEvent;
import io.eventagents.wire.RecordPosition;
import io.eventagents.wire.RunawayChain;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.util.ReflectionUtils;

/**
 * Calls an agent with one event: reads the event, observes the call and stamps what it emits.
 * Thread-safe.
 */
final class AgentCall {

  private static final Logger log = LoggerFactory.getLogger(AgentCall.class);

  private final String agent;
  private final AgentCounts counts;
  private final ChainLimits limits;
  private final Descent fromTheFirst;
  private final AgentFunction function;
  private final EventReader reader;
  private final EventStamp stamp;
  private final EventTraces traces;
  private final AtomicBoolean observationFailed = new AtomicBoolean();

  AgentCall(
      AgentStatus status,
      AgentFunction function,
      EventReader reader,
      EventStamp stamp,
      EventTraces traces) {
    this.agent = status.agent().name();
    this.counts = status.counts();
    this.limits = status.limits();
    this.fromTheFirst = new Descent(Ancestry.NONE, agent);
    this.function = function;
    this.reader = reader;
    this.stamp = stamp;
    this.traces = traces;
  }

  /** Reads the event: once, however often it is tried. */
  Event<?> read(Delivery delivery) throws MalformedEvent {
    return delivery.read(reader, counts.unreadableTimes::increment);
  }

  /**
   * Reads the deliveries that are not finished. A malformed one is given up in its turn, after what
   * precedes it in its key.
   */
  List<Delivery> readable(EventBatch batch) {
    List<Delivery> readable = new ArrayList<>(batch.deliveries().size());
    for (Delivery delivery : batch.deliveries()) {
      try {
        if (!delivery.isFinished() && !delivery.isDiscard()) {
          read(delivery);
          readable.add(delivery);
        }
      } catch (MalformedEvent e) {
        log.debug("Given up when its turn comes", e);
      }
    }
    return readable;
  }

  /**
   * Calls the agent and stamps what it emits.
   *
   * @throws RunawayChain if the event's chain has gone too far; the agent is not called
   */
  List<ProducerRecord<byte[], byte[]>> call(Delivery delivery, Event<?> event) {
    try {
      return observed(delivery, event);
    } catch (UnwritableResult e) {
      ReflectionUtils.rethrowRuntimeException(e.failure());
      throw e;
    }
  }

  /**
   * The same, for an agent that must not be called again merely because its result cannot be
   * emitted.
   */
  CallResult make(Delivery delivery, Event<?> event) {
    try {
      return new CallResult.Emitted(observed(delivery, event));
    } catch (UnwritableResult e) {
      return new CallResult.Unwritable(e.failure(), RecordPosition.of(delivery.record()));
    }
  }

  @SuppressWarnings("try") // The log lines of the body carry it.
  private List<ProducerRecord<byte[], byte[]>> observed(Delivery delivery, Event<?> event) {
    try (var correlation =
        MDC.putCloseable(
            EventHeaders.CORRELATION_ID, printable(event.metadata().correlationId()))) {
      Ancestry ancestry = Ancestry.of(delivery.record().headers());
      limits.check(agent, ancestry);
      Descent descent = ancestry == Ancestry.NONE ? fromTheFirst : new Descent(ancestry, agent);
      Outcome outcome = new Outcome(() -> callAndStamp(delivery, event, descent));
      try {
        return traces.observe(agent, delivery.record(), event, outcome);
      } catch (RuntimeException | Error e) {
        List<ProducerRecord<byte[], byte[]>> records = outcome.despite(e);
        if (!observationFailed.getAndSet(true)) {
          log.warn("{} was called, but observing the call failed; this is logged once", agent, e);
        }
        return records;
      }
    }
  }

  /** The outcome of a call, whatever its observers do. */
  private static final class Outcome implements Supplier<List<ProducerRecord<byte[], byte[]>>> {

    private final Supplier<List<ProducerRecord<byte[], byte[]>>> work;
    private @Nullable List<ProducerRecord<byte[], byte[]>> records;
    private @Nullable Throwable failure;

    Outcome(Supplier<List<ProducerRecord<byte[], byte[]>>> work) {
      this.work = work;
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> get() {
      try {
        List<ProducerRecord<byte[], byte[]>> made = work.get();
        records = made;
        return made;
      } catch (RuntimeException | Error e) {
        failure = e;
        throw e;
      }
    }

    /**
     * The result, although this was thrown. Throws what the call threw, or this if there was no
     * call.
     */
    List<ProducerRecord<byte[], byte[]>> despite(Throwable thrown) {
      if (records != null) {
        return records;
      }
      ReflectionUtils.rethrowRuntimeException(failure == null ? thrown : failure);
      throw new IllegalStateException(thrown);
    }
  }

  /** A foreign id can be any text, and every log line contains it. */
  private static String printable(String correlationId) {
    return CorrelationId.isWellFormed(correlationId)
        ? correlationId
        : correlationId
            .substring(0, Math.min(128, correlationId.length()))
            .replaceAll("[^\\p{L}\\p{N}\\p{Punct} ]", "?");
  }

  private List<ProducerRecord<byte[], byte[]>> callAndStamp(
      Delivery delivery, Event<?> event, Descent descent) {
    List<?> payloads = descent.during(() -> function.apply(event));
    try {
      List<ProducerRecord<byte[], byte[]>> records =
          stamp.emitted(event, delivery.record().key(), descent, payloads);
      for (ProducerRecord<byte[], byte[]> record : records) {
        traces.propagate(record.headers(), delivery.record().headers());
      }
      return records;
    } catch (StackOverflowError e) {
      throw new UnwritableResult(e);
    } catch (VirtualMachineError e) {
      // Nothing is wrong with the result: there was no memory for it.
      throw e;
    } catch (RuntimeException | Error e) {
      throw new UnwritableResult(e);
    }
  }
}
