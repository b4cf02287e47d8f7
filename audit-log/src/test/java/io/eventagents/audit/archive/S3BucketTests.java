package io.eventagents.audit.archive;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIOException;

import org.junit.jupiter.api.Test;

class S3BucketTests {

  private static final long MB = 1024 * 1024;

  @Test
  void readsNothingThatWouldLeaveNoRoomToTheLog() {
    assertThatCode(() -> S3Bucket.requireRoom(100 * MB, 164 * MB, "audit-2025-01-15.jsonl.zst"))
        .doesNotThrowAnyException();
    assertThatIOException()
        .isThrownBy(() -> S3Bucket.requireRoom(101 * MB, 164 * MB, "audit-2025-01-15.jsonl.zst"))
        .withMessageContaining("audit-2025-01-15.jsonl.zst has 105,906,176 bytes")
        .withMessageContaining("make room");
  }
}
