package io.eventagents.orchestrator;

/** Why a command is refused. Nothing was stored and nothing published. */
abstract sealed class TaskRejection extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private TaskRejection(String message) {
    super(message);
  }

  /** There is no task of this id. */
  static final class UnknownTask extends TaskRejection {

    private static final long serialVersionUID = 1L;

    UnknownTask(String id) {
      super("There is no task " + id + ".");
    }
  }

  /** There was one, and it is deleted. */
  static final class DeletedTask extends TaskRejection {

    private static final long serialVersionUID = 1L;

    DeletedTask(String id) {
      super("Task " + id + " is deleted.");
    }
  }

  /** It is completed and does not change any more. */
  static final class FinishedTask extends TaskRejection {

    private static final long serialVersionUID = 1L;

    FinishedTask(String id) {
      super("Task " + id + " is completed and does not change any more.");
    }
  }

  /** A field would have a value that no task can have now. */
  static final class UnfitTask extends TaskRejection {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final String expected;

    UnfitTask(String field, String expected) {
      super(field + " " + expected + ".");
      this.field = field;
      this.expected = expected;
    }

    String field() {
      return field;
    }

    /** What the field must be. */
    String expected() {
      return expected;
    }
  }

  /** It is not in the state that the change was made for. */
  static final class StaleTask extends TaskRejection {

    private static final long serialVersionUID = 1L;

    private final transient Task task;

    StaleTask(Task task) {
      super(
          "Task "
              + task.id()
              + " has changed meanwhile, or the ETag is not one of its own. Read it again, and send its new ETag.");
      this.task = task;
    }

    Task task() {
      return task;
    }
  }

  /** The change does not say for which state it was made, though it must. */
  static final class UnconditionalChange extends TaskRejection {

    private static final long serialVersionUID = 1L;

    UnconditionalChange() {
      super(
          "A change must say for which state it was made. Read the task, and send its ETag as If-Match.");
    }
  }

  /** The key of another command. */
  static final class KeyReused extends TaskRejection {

    private static final long serialVersionUID = 1L;

    KeyReused() {
      super(
          "This Idempotency-Key came with another request before. Send that again, or this one with a key of its own.");
    }
  }

  /** The command of this key is still under way. */
  static final class KeyInUse extends TaskRejection {

    private static final long serialVersionUID = 1L;

    KeyInUse() {
      super("A request with this Idempotency-Key is still under way. Try again in a moment.");
    }

    KeyInUse(Throwable cause) {
      this();
      initCause(cause);
    }
  }

  /** More at once than is taken. */
  static final class TooManyLines extends TaskRejection {

    private static final long serialVersionUID = 1L;

    TooManyLines(int most) {
      super(
          "More than "
              + most
              + " lines. Nothing was stored; split them into requests of at most "
              + most
              + ".");
    }
  }
}
