package io.eventagents.orchestrator.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventagents.orchestrator.task.Decision.Changed;
import io.eventagents.orchestrator.task.Decision.Unchanged;
import io.eventagents.orchestrator.task.TaskCommand.ChangeTask;
import io.eventagents.orchestrator.task.TaskCommand.CompleteTask;
import io.eventagents.orchestrator.task.TaskCommand.CreateTask;
import io.eventagents.orchestrator.task.TaskCommand.DeleteTask;
import io.eventagents.orchestrator.task.TaskCommand.NewDueTime;
import io.eventagents.orchestrator.task.TaskEvent.TaskCompleted;
import io.eventagents.orchestrator.task.TaskEvent.TaskCreated;
import io.eventagents.orchestrator.task.TaskEvent.TaskDeleted;
import io.eventagents.orchestrator.task.TaskEvent.TaskUpdated;
import io.eventagents.orchestrator.task.TaskRejection.DeletedTask;
import io.eventagents.orchestrator.task.TaskRejection.FinishedTask;
import io.eventagents.orchestrator.task.TaskRejection.UnfitTask;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TaskTests {

  private static final Instant MORNING = Instant.parse("2026-03-01T08:00:00Z");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant EVENING = Instant.parse("2026-03-01T20:00:00Z");

  private static final Changed CREATED =
      Task.create(new CreateTask("Review", "user-456", 2, NOON, null, null), MORNING);
  private static final Task TASK = CREATED.task();
  private static final Task COMPLETED = TASK.decide(new CompleteTask(), NOON).task();
  private static final Task DELETED = TASK.decide(new DeleteTask(), NOON).task();

  @Test
  void isCreatedWithAnIdOfItsOwn() {
    assertThat(TASK.id())
        .matches("task-[0-9a-f-]{36}")
        .isNotEqualTo(
            Task.create(new CreateTask("Review", "user-456", 2, NOON, null, null), MORNING)
                .task()
                .id());
    assertThat(TASK.status()).isEqualTo(TaskStatus.CREATED);
    assertThat(CREATED.event())
        .isEqualTo(new TaskCreated(TASK.id(), "Review", "user-456", 2, NOON, null, null));
  }

  @Test
  void changesWhatTheCommandNames() {
    Decision decision =
        TASK.decide(new ChangeTask("Read", null, 5, new NewDueTime(null), null, null), NOON);

    assertThat(decision)
        .isInstanceOfSatisfying(
            Changed.class,
            changed -> {
              assertThat(changed.event())
                  .isEqualTo(new TaskUpdated(TASK.id(), "Read", "user-456", 5, null, null, null));
              assertThat(changed.task().createdAt()).isEqualTo(MORNING);
              assertThat(changed.task().updatedAt()).isEqualTo(NOON);
            });
  }

  @Test
  void tellsNothingWhereNothingChanges() {
    assertThat(
            TASK.decide(
                new ChangeTask("Review", "user-456", 2, new NewDueTime(NOON), null, null), EVENING))
        .isEqualTo(new Unchanged(TASK));
    assertThat(TASK.decide(new ChangeTask(null, null, null, null, null, null), NOON))
        .isEqualTo(new Unchanged(TASK));
  }

  @Test
  void keepsADueTimeThatHasPassed() {
    assertThat(
            TASK.decide(
                new ChangeTask("Read", null, null, new NewDueTime(NOON), null, null), EVENING))
        .isInstanceOf(Changed.class);
    assertThatExceptionOfType(UnfitTask.class)
        .isThrownBy(
            () ->
                TASK.decide(
                    new ChangeTask(
                        null, null, null, new NewDueTime(NOON.plusSeconds(1)), null, null),
                    EVENING));
  }

  @Test
  void isCompletedOnce() {
    assertThat(TASK.decide(new CompleteTask(), NOON))
        .isInstanceOfSatisfying(
            Changed.class,
            changed ->
                assertThat(changed.event())
                    .isEqualTo(
                        new TaskCompleted(
                            TASK.id(), "Review", "user-456", 2, NOON, null, null, MORNING)));
    assertThat(COMPLETED.decide(new CompleteTask(), EVENING)).isEqualTo(new Unchanged(COMPLETED));
  }

  @Test
  void doesNotChangeAfterItIsCompleted() {
    assertThatExceptionOfType(FinishedTask.class)
        .isThrownBy(
            () -> COMPLETED.decide(new ChangeTask("Read", null, null, null, null, null), EVENING));
    assertThat(COMPLETED.decide(new ChangeTask("Review", null, null, null, null, null), EVENING))
        .isEqualTo(new Unchanged(COMPLETED));
  }

  @Test
  void isDeletedOnce() {
    assertThat(COMPLETED.decide(new DeleteTask(), NOON))
        .isInstanceOfSatisfying(
            Changed.class,
            changed ->
                assertThat(changed.event())
                    .isEqualTo(
                        new TaskDeleted(TASK.id(), "Review", "user-456", 2, NOON, null, null)));
    assertThat(DELETED.decide(new DeleteTask(), EVENING)).isEqualTo(new Unchanged(DELETED));
  }

  @Test
  void isGoneAfterItIsDeleted() {
    assertThatExceptionOfType(DeletedTask.class)
        .isThrownBy(() -> DELETED.decide(new CompleteTask(), EVENING));
    assertThatExceptionOfType(DeletedTask.class)
        .isThrownBy(
            () -> DELETED.decide(new ChangeTask(null, null, null, null, null, null), EVENING));
    assertThatExceptionOfType(DeletedTask.class).isThrownBy(DELETED::visible);
  }
}
