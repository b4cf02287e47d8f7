package io.eventagents.orchestrator.task;

/** Why a command is refused. Nothing was stored and nothing published. */
public abstract sealed class TaskRejection extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private TaskRejection(String message) {
    super(message);
  }

  /** There is no task of this id. */
  public static final class UnknownTask extends TaskRejection {

    private static final long serialVersionUID = 1L;

    UnknownTask(String id) {
      super("There is no task " + id + ".");
    }
  }

  /** There was one, and it is deleted. */
  public static final class DeletedTask extends TaskRejection {

    private static final long serialVersionUID = 1L;

    DeletedTask(String id) {
      super("Task " + id + " is deleted.");
    }
  }

  /** It is completed and does not change any more. */
  public static final class FinishedTask extends TaskRejection {

    private static final long serialVersionUID = 1L;

    FinishedTask(String id) {
      super("Task " + id + " is completed and does not change any more.");
    }
  }

  /** A field would have a value that no task can have now. */
  public static final class UnfitTask extends TaskRejection {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final String expected;

    UnfitTask(String field, String expected) {
      super(field + " " + expected + ".");
      this.field = field;
      this.expected = expected;
    }

    public String field() {
      return field;
    }

    /** What the field must be. */
    public String expected() {
      return expected;
    }
  }

  /** It is not in the state that the change was made for. */
  public static final class StaleTask extends TaskRejection {

    private static final long serialVersionUID = 1L;

    private final transient Task task;

    public StaleTask(Task task) {
      super(
          "Task "
              + task.id()
              + " has changed meanwhile, or the ETag is not one of its own. Read it again, and send its new ETag.");
      this.task = task;
    }

    public Task task() {
      return task;
    }
  }

  /** The change does not say for which state it was made, though it must. */
  public static final class UnconditionalChange extends TaskRejection {

    private static final long serialVersionUID = 1L;

    public UnconditionalChange() {
      super(
          "A change must say for which state it was made. Read the task, and send its ETag as If-Match.");
    }
  }

  /** The key of another command. */
  public static final class KeyReused extends TaskRejection {

    private static final long serialVersionUID = 1L;

    public KeyReused() {
      super(
          "This Idempotency-Key came with another request before. Send that again, or this one with a key of its own.");
    }
  }

  /** The command of this key is still under way. */
  public static final class KeyInUse extends TaskRejection {

    private static final long serialVersionUID = 1L;

    public KeyInUse() {
      super("A request with this Idempotency-Key is still under way. Try again in a moment.");
    }

    public KeyInUse(Throwable cause) {
      this();
      initCause(cause);
    }
  }

  /** More at once than is taken. */
  public static final class TooManyLines extends TaskRejection {

    private static final long serialVersionUID = 1L;

    public TooManyLines(int most) {
      super(
          "More than "
              + most
              + " lines. Nothing was stored; split them into requests of at most "
              + most
              + ".");
    }
  }
}
