package io.eventagents.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.embedded.EmbeddedServers;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.RestClient;

@SpringBootTest(
    classes = SchedulingAgentApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "server.address=127.0.0.1",
      "scheduling.lead-time=PT0S",
      "scheduling.poll-interval=PT0.1S",
      "event-agents.topics.partitions=1"
    })
class SchedulingAgentApplicationTests {

  private final Topics topics = new Topics(EmbeddedServers.kafka().bootstrapServers());
  private final String taskId = "task-" + UUID.randomUUID();
  private final String owner = "user-" + UUID.randomUUID();

  @LocalServerPort private int port;

  @DynamicPropertySource
  static void servers(DynamicPropertyRegistry registry) {
    EmbeddedServers.start();
    registry.add("spring.kafka.bootstrap-servers", EmbeddedServers.kafka()::bootstrapServers);
    registry.add(
        "spring.datasource.url", () -> EmbeddedServers.postgreSql().createDatabase("scheduling"));
    registry.add("spring.datasource.username", EmbeddedServers.postgreSql()::username);
  }

  @Test
  void remindsInTheChainOfTheTask() {
    Instant due = Instant.now().plusSeconds(1);
    topics.write(
        "task-events",
        taskId,
        """
        {"event_id": "%s", "event_type": "task.created", "occurred_at": "%s",
         "data": {"task_id": "%s", "title": "Review", "owner_id": "%s", "due_at": "%s"},
         "metadata": {"correlation_id": "req-1", "causation_id": "api-1", "source": "task-api"}}
        """
            .formatted(UUID.randomUUID(), Instant.now(), taskId, owner, due));

    List<Topics.Received> reminders =
        topics.await("reminder-events", 2, received -> received.key().equals(taskId));

    assertThat(reminders)
        .extracting(Topics.Received::type)
        .containsExactly("reminder.scheduled", "reminder.due");
    Topics.Received scheduled = reminders.getFirst();
    Topics.Received fired = reminders.getLast();
    assertThat(fired.metadata().get("causation_id").asString()).isEqualTo(scheduled.id());
    assertThat(reminders)
        .allSatisfy(
            reminder -> {
              assertThat(reminder.metadata().get("correlation_id").asString()).isEqualTo("req-1");
              assertThat(reminder.metadata().get("source").asString())
                  .isEqualTo("reminder-scheduler");
            });
    assertThat(fired.data().get("title").asString()).isEqualTo("Review");
    assertThat(calendar()).contains("UID:" + scheduled.data().get("reminder_id").asString());
  }

  @Test
  void cancelsTheReminderOfATaskThatEnds() {
    Instant due = Instant.now().plusSeconds(3_600);
    for (String type : List.of("task.created", "task.completed")) {
      topics.write(
          "task-events",
          taskId,
          """
          {"event_id": "%s", "event_type": "%s",
           "data": {"task_id": "%s", "title": "Review", "owner_id": "%s", "due_at": "%s"}}
          """
              .formatted(UUID.randomUUID(), type, taskId, owner, due));
    }

    assertThat(topics.await("reminder-events", 2, received -> received.key().equals(taskId)))
        .extracting(Topics.Received::type)
        .containsExactly("reminder.scheduled", "reminder.cancelled");
    assertThat(calendar()).contains("STATUS:CANCELLED");
  }

  private String calendar() {
    return String.valueOf(
        RestClient.create("http://127.0.0.1:" + port)
            .get()
            .uri("/calendars/{owner}.ics", owner)
            .retrieve()
            .body(String.class));
  }
}
