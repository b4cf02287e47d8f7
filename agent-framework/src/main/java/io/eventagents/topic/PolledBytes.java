package io.eventagents.topic;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Takes keys and values as bytes, and ends the poll once it holds as many as it may, since {@code
 * max.poll.records} counts records, whatever their size. A consumer that meets an exception of a
 * deserializer returns the records before it, keeps that record and offers it to the next poll.
 *
 * <p>One for each consumer, used by the thread that polls.
 */
public final class PolledBytes {

  private final long perPoll;
  private final long perRecord;

  private long taken;

  /** What was taken before the current record. */
  private long before;

  /**
   * @param limits of the consumer
   */
  public PolledBytes(PollLimits limits) {
    this.perPoll = limits.perPoll().toBytes();
    this.perRecord = limits.perRecord().toBytes();
  }

  /** A poll begins. */
  public void begin() {
    taken = 0;
    before = 0;
  }

  /** For the keys. */
  public Deserializer<byte[]> keys() {
    return new Bytes() {
      @Override
      byte[] take(ByteBuffer key) {
        before = taken;
        return PolledBytes.this.take("key", key);
      }
    };
  }

  /** For the values. */
  public Deserializer<byte[]> values() {
    return new Bytes() {
      @Override
      byte[] take(ByteBuffer value) {
        byte[] bytes = PolledBytes.this.take("value", value);
        before = taken;
        return bytes;
      }
    };
  }

  private byte[] take(String what, ByteBuffer data) {
    if (before >= perPoll) {
      throw new PollIsFull();
    }
    int size = data.remaining();
    if (size > perRecord) {
      throw new RecordTooLarge(what, size, perRecord);
    }
    taken += size;
    byte[] bytes = new byte[size];
    data.get(bytes);
    return bytes;
  }

  private abstract static class Bytes implements Deserializer<byte[]> {

    abstract byte[] take(ByteBuffer data);

    @Override
    public byte[] deserialize(String topic, Headers headers, ByteBuffer data) {
      return take(data);
    }

    @Override
    public byte[] deserialize(String topic, byte[] data) {
      return take(ByteBuffer.wrap(data));
    }
  }

  /** Ends a poll that has records; the consumer catches it. */
  private static final class PollIsFull extends RuntimeException {

    private static final long serialVersionUID = 1;

    private PollIsFull() {
      super("The poll holds as many bytes as it may", null, false, false);
    }
  }

  /** A key or value is larger than an agent takes. */
  static final class RecordTooLarge extends RuntimeException {

    private static final long serialVersionUID = 1;

    private RecordTooLarge(String what, long size, long limit) {
      super(
          "its %s has %d bytes, more than event-agents.max-record-size (%d)"
              .formatted(what, size, limit),
          null,
          false,
          false);
    }
  }
}
