package io.eventagents.faults;

import io.eventagents.faults.Command.Outcome;
import io.eventagents.faults.TaskClient.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The steps that a client takes with one task. */
final class TaskStory {

  private final String name;
  private final Map<String, Object> task;
  private final Deque<Step> steps = new ArrayDeque<>();
  private final Instant due = Instant.now().plus(Duration.ofDays(2));
  private int number;
  private @Nullable String id;

  /** The steps that a client may take. */
  private enum Step {
    CREATE("task.created"),
    RENAME("task.updated"),
    MOVE("task.updated"),
    COMPLETE("task.completed"),
    DELETE("task.deleted");

    private final String eventType;

    Step(String eventType) {
      this.eventType = eventType;
    }
  }

  private TaskStory(String name, Map<String, Object> task) {
    this.name = name;
    this.task = task;
    steps.add(Step.CREATE);
  }

  /** An ordinary task; sometimes its owner or title is special. */
  static TaskStory random(String name, Random random) {
    Map<String, Object> task = new HashMap<>();
    int owner = random.nextInt(100);
    String prefix =
        owner < 3
            ? Mailboxes.GONE
            : owner < 6 ? Mailboxes.FULL : owner < 12 ? Mailboxes.GREYLISTED : "user-";
    task.put("owner_id", prefix + name);
    task.put(
        "title", "Task " + name + (random.nextInt(50) == 0 ? " " + SlackWebhook.FORBIDDEN : ""));
    TaskStory story = new TaskStory(name, task);
    boolean isFar = random.nextInt(10) < 4;
    if (isFar) {
      task.put("due_at", story.due.toString());
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      story.steps.add(isFar && random.nextBoolean() ? Step.MOVE : Step.RENAME);
    }
    switch (random.nextInt(3)) {
      case 0 -> story.steps.add(Step.COMPLETE);
      case 1 -> story.steps.add(Step.DELETE);
      default -> {}
    }
    return story;
  }

  /** A task that is put off this many times. */
  static TaskStory putOff(String name, int times) {
    Map<String, Object> task = new HashMap<>(Map.of("owner_id", "user-" + name, "title", name));
    TaskStory story = new TaskStory(name, task);
    task.put("due_at", story.due.toString());
    for (int i = 0; i < times; i++) {
      story.steps.add(Step.MOVE);
    }
    story.steps.add(Step.COMPLETE);
    return story;
  }

  /** A task whose mail is refused temporarily and that is completed before its reminder is due. */
  static TaskStory refused(String name) {
    Map<String, Object> task =
        new HashMap<>(Map.of("owner_id", Mailboxes.MOVED + name, "title", name));
    TaskStory story = new TaskStory(name, task);
    task.put("due_at", story.due.toString());
    story.steps.add(Step.COMPLETE);
    return story;
  }

  boolean isOver() {
    return steps.isEmpty();
  }

  /** Takes the next step. If the step is not known to have worked, it is the last. */
  void next(TaskClient client, Journal journal) {
    Step step = steps.remove();
    String correlation = "%s-%d".formatted(name, number++);
    Answer answer =
        switch (step) {
          case CREATE -> client.create(task, correlation);
          case RENAME ->
              client.change(id(), Map.of("title", "Renamed " + correlation), correlation);
          case MOVE ->
              client.change(
                  id(), Map.of("due_at", due.plusSeconds(3_600L * number).toString()), correlation);
          case COMPLETE -> client.complete(id(), correlation);
          case DELETE -> client.delete(id(), correlation);
        };
    journal.add(new Command(name, step.eventType, correlation, answer.outcome()));
    if (answer.outcome() != Outcome.ACCEPTED) {
      steps.clear();
    } else if (step == Step.CREATE) {
      id = answer.id();
    }
  }

  private String id() {
    if (id == null) {
      throw new IllegalStateException("The answer to the creation of " + name + " had no id");
    }
    return id;
  }
}
