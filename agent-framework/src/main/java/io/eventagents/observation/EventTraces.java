package io.eventagents.observation;

import io.eventagents.Event;
import io.eventagents.EventHeaders;
import io.eventagents.send.RecordSender;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an event in its trace: one observation per event although records come in batches, and the
 * context in the headers of what is sent. Thread-safe.
 */
public interface EventTraces {

  /** Runs the work as the handling of this event, with the trace of its record as the parent. */
  <T> T observe(
      String agent, ConsumerRecord<byte[], byte[]> record, Event<?> event, Supplier<T> work);

  /**
   * Writes the current trace context into headers that go out.
   *
   * @param outgoing of the record that is about to be sent
   * @param incoming of the record that caused it; null if none did
   */
  void propagate(Headers outgoing, @Nullable Headers incoming);

  /**
   * The sender with a span for each record of a recorded trace, from handing it over until it is
   * acknowledged.
   */
  default RecordSender sending(RecordSender sender) {
    return sender;
  }

  /**
   * Runs the work as the handling of all these records together: a span of its own for the batch,
   * and for each record of a recorded trace one in that trace, with a link to the batch's. If the
   * work fails, there are none of the latter.
   */
  default void observeTogether(
      String agent, List<ConsumerRecord<byte[], byte[]>> records, Runnable work) {
    work.run();
  }

  /**
   * Without a tracer: hands the cause's {@code traceparent} on as it came, so that the chain's
   * trace is not broken.
   */
  static EventTraces handedOn() {
    return new EventTraces() {
      @Override
      public <T> T observe(
          String agent, ConsumerRecord<byte[], byte[]> record, Event<?> event, Supplier<T> work) {
        return work.get();
      }

      @Override
      public void propagate(Headers outgoing, @Nullable Headers incoming) {
        Header trace = incoming == null ? null : incoming.lastHeader(EventHeaders.TRACEPARENT);
        if (trace != null) {
          outgoing.add(trace);
        }
      }
    };
  }
}
