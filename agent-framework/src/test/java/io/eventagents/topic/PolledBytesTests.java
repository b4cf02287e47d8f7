package io.eventagents.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class PolledBytesTests {

  private final PolledBytes bytes =
      new PolledBytes(new PollLimits(DataSize.ofBytes(10), DataSize.ofBytes(100)));

  @BeforeEach
  void aPollBegins() {
    bytes.begin();
  }

  private static byte[] take(Deserializer<byte[]> deserializer, int size) {
    return deserializer.deserialize("t", new RecordHeaders(), ByteBuffer.allocate(size));
  }

  @Test
  void aPollEndsAfterTheRecordThatFillsIt() {
    take(bytes.keys(), 2);
    take(bytes.values(), 5);
    take(bytes.keys(), 2);
    assertThat(take(bytes.values(), 50)).hasSize(50);

    assertThatThrownBy(() -> take(bytes.keys(), 1)).hasMessageContaining("as many bytes");
    assertThatThrownBy(() -> take(bytes.values(), 1)).hasMessageContaining("as many bytes");

    bytes.begin();
    assertThat(take(bytes.values(), 1)).hasSize(1);
  }

  @Test
  void theFirstRecordIsTakenWhateverItsKey() {
    take(bytes.keys(), 90);

    assertThat(take(bytes.values(), 90)).hasSize(90);
  }

  @Test
  void recordsWithoutValueCountToo() {
    take(bytes.keys(), 10);

    assertThatThrownBy(() -> take(bytes.keys(), 1)).hasMessageContaining("as many bytes");
  }

  @Test
  void aRecordBeyondTheLimitIsNotCopied() {
    assertThatThrownBy(() -> take(bytes.values(), 101))
        .hasMessageContaining("its value has 101 bytes")
        .hasMessageContaining("event-agents.max-record-size (100)");
  }
}
