package io.eventagents.orchestrator.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventagents.orchestrator.task.ChangeTask.NewValue;
import io.eventagents.orchestrator.task.Decision.Changed;
import io.eventagents.orchestrator.task.Decision.Unchanged;
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
  private static final Task COMPLETED = TASK.complete(NOON).task();
  private static final Task DELETED = TASK.delete(NOON).task();

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
        TASK.change(new ChangeTask("Read", null, 5, new NewValue<>(null), null, null), NOON);

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
  void publishesNothingIfNothingChanges() {
    assertThat(
            TASK.change(
                new ChangeTask("Review", "user-456", 2, new NewValue<>(NOON), null, null), EVENING))
        .isEqualTo(new Unchanged(TASK));
    assertThat(TASK.change(new ChangeTask(null, null, null, null, null, null), NOON))
        .isEqualTo(new Unchanged(TASK));
  }

  @Test
  void keepsADueTimeThatHasPassed() {
    assertThat(
            TASK.change(
                new ChangeTask("Read", null, null, new NewValue<>(NOON), null, null), EVENING))
        .isInstanceOf(Changed.class);
    assertThatExceptionOfType(UnfitTask.class)
        .isThrownBy(
            () ->
                TASK.change(
                    new ChangeTask(
                        null, null, null, new NewValue<>(NOON.plusSeconds(1)), null, null),
                    EVENING));
  }

  /** An earlier version took it. */
  @Test
  void keepsARuleThatIsRefusedNow() {
    Task task =
        new Task(
            TASK.id(),
            "Review",
            "user-456",
            2,
            NOON,
            "RSCALE=ISLAMIC-CIVIL;FREQ=DAILY",
            "UTC",
            TaskStatus.CREATED,
            MORNING,
            MORNING,
            1);

    assertThat(task.change(new ChangeTask("Read", null, null, null, null, null), NOON))
        .isInstanceOf(Changed.class);
    assertThatExceptionOfType(UnfitTask.class)
        .isThrownBy(
            () ->
                task.change(
                    new ChangeTask("Read", null, null, new NewValue<>(EVENING), null, null), NOON))
        .withMessageContaining("RSCALE");
    assertThatExceptionOfType(UnfitTask.class)
        .isThrownBy(
            () ->
                task.change(
                    new ChangeTask(null, null, null, null, null, new NewValue<>("Asia/Tokyo")),
                    NOON))
        .withMessageContaining("RSCALE");
  }

  @Test
  void isCompletedOnce() {
    assertThat(TASK.complete(NOON))
        .isInstanceOfSatisfying(
            Changed.class,
            changed ->
                assertThat(changed.event())
                    .isEqualTo(
                        new TaskCompleted(
                            TASK.id(), "Review", "user-456", 2, NOON, null, null, MORNING)));
    assertThat(COMPLETED.complete(EVENING)).isEqualTo(new Unchanged(COMPLETED));
  }

  @Test
  void doesNotChangeAfterItIsCompleted() {
    assertThatExceptionOfType(FinishedTask.class)
        .isThrownBy(
            () -> COMPLETED.change(new ChangeTask("Read", null, null, null, null, null), EVENING));
    assertThat(COMPLETED.change(new ChangeTask("Review", null, null, null, null, null), EVENING))
        .isEqualTo(new Unchanged(COMPLETED));
  }

  @Test
  void isDeletedOnce() {
    assertThat(COMPLETED.delete(NOON))
        .isInstanceOfSatisfying(
            Changed.class,
            changed ->
                assertThat(changed.event())
                    .isEqualTo(
                        new TaskDeleted(TASK.id(), "Review", "user-456", 2, NOON, null, null)));
    assertThat(DELETED.delete(EVENING)).isEqualTo(new Unchanged(DELETED));
  }

  @Test
  void isGoneAfterItIsDeleted() {
    assertThatExceptionOfType(DeletedTask.class).isThrownBy(() -> DELETED.complete(EVENING));
    assertThatExceptionOfType(DeletedTask.class)
        .isThrownBy(
            () -> DELETED.change(new ChangeTask(null, null, null, null, null, null), EVENING));
    assertThatExceptionOfType(DeletedTask.class).isThrownBy(DELETED::visible);
  }
}
