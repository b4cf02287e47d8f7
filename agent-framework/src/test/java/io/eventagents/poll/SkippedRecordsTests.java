package io.eventagents.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventagents.InvalidSetting;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SkippedRecordsTests {

  private static final TopicPartition PARTITION = new TopicPartition("task-events", 3);

  @Test
  void namesRecordsByTopicPartitionAndOffset() {
    SkippedRecords skips = new SkippedRecords(List.of("task-events-3@17", " task-events-4@2 "));

    assertThat(skips.contain(PARTITION, 17, 17)).isTrue();
    assertThat(skips.contain(PARTITION, 10, 20)).isTrue();
    assertThat(skips.contain(PARTITION, 18, 20)).isFalse();
    assertThat(skips.contain(new TopicPartition("task-events", 4), 2, 2)).isTrue();
    assertThat(skips.contain(new TopicPartition("task-events", 5), 0, 99)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"task-events", "task-events@3", "task-events-3@x", "task-events-3@-1"})
  void whatIsNoPositionIsRefused(String text) {
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(() -> new SkippedRecords(List.of(text)))
        .withMessage("event-agents.skip has '" + text + "'")
        .satisfies(refused -> assertThat(refused.action()).contains("task-events-3@1234"));
  }
}
