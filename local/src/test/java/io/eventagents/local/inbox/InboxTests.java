package io.eventagents.local.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxTests {

  private static final Instant NOW = Instant.parse("2025-01-15T14:30:22.456Z");

  @Test
  void keepsMessagesNewestFirstAcrossRestarts(@TempDir Path directory) {
    Path file = directory.resolve("inbox.jsonl");
    try (Inbox inbox = open(file)) {
      inbox.add(Kind.MAIL, "ada@company.com", "Subject: gr\u00fc\u00df dich\r\n\r\nline\u2028end");
      inbox.add(Kind.SLACK, "/slack/webhook", "{\"text\":\"hi\"}");
    }
    try (Inbox again = open(file)) {
      again.add(Kind.SLACK, "/slack/webhook", "{\"text\":\"once more\"}");

      assertThat(again.before(Long.MAX_VALUE, 10))
          .containsExactly(
              new Received(3, NOW, Kind.SLACK, "/slack/webhook", "{\"text\":\"once more\"}"),
              new Received(2, NOW, Kind.SLACK, "/slack/webhook", "{\"text\":\"hi\"}"),
              new Received(
                  1,
                  NOW,
                  Kind.MAIL,
                  "ada@company.com",
                  "Subject: gr\u00fc\u00df dich\r\n\r\nline\u2028end"));
    }
  }

  @Test
  void returnsPagesOfOlderMessages(@TempDir Path directory) {
    try (Inbox inbox = open(directory.resolve("inbox.jsonl"))) {
      for (int i = 0; i < 5; i++) {
        inbox.add(Kind.SLACK, "/slack/webhook", "{}");
      }

      assertThat(numbers(inbox.before(Long.MAX_VALUE, 2))).containsExactly(5L, 4L);
      assertThat(numbers(inbox.before(4, 2))).containsExactly(3L, 2L);
      assertThat(numbers(inbox.before(2, 2))).containsExactly(1L);
    }
  }

  @Test
  void skipsALineThatAKillCutShort(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("inbox.jsonl");
    try (Inbox inbox = open(file)) {
      inbox.add(Kind.SLACK, "/slack/webhook", "{}");
    }
    Files.writeString(file, "{\"number\":2,\"received_at\":\"2025-", StandardOpenOption.APPEND);

    try (Inbox again = open(file)) {
      again.add(Kind.SLACK, "/slack/webhook", "{}");

      assertThat(numbers(again.before(Long.MAX_VALUE, 10))).containsExactly(2L, 1L);
      assertThat(Files.readAllLines(file)).hasSize(2);
    }
  }

  @Test
  void readsTheNameOfSlackPostsInOlderFiles(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("inbox.jsonl");
    Files.writeString(
        file,
        """
        {"number":1,"received_at":"2025-01-15T14:30:22.456Z","kind":"POST","address":"/slack/webhook","source":"{}"}
        """);
    try (Inbox inbox = open(file)) {
      assertThat(inbox.before(Long.MAX_VALUE, 10))
          .containsExactly(new Received(1, NOW, Kind.SLACK, "/slack/webhook", "{}"));
    }
  }

  @Test
  void keepsOnlyTheNewest(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("inbox.jsonl");
    try (Inbox inbox = open(file)) {
      for (int i = 0; i < Inbox.CAPACITY + 3; i++) {
        inbox.add(Kind.SLACK, "/slack/webhook", "{}");
      }

      assertThat(inbox.size()).isEqualTo(Inbox.CAPACITY);
    }
    try (Inbox again = open(file)) {
      assertThat(Files.readAllLines(file)).hasSize(Inbox.CAPACITY);
      assertThat(numbers(again.before(Long.MAX_VALUE, 1))).containsExactly(Inbox.CAPACITY + 3L);
    }
  }

  private static Inbox open(Path file) {
    return Inbox.open(file, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static List<Long> numbers(List<Received> page) {
    return page.stream().map(Received::number).toList();
  }
}
