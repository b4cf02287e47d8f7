package io.eventagents.orchestrator.task;

/** A task refuses a command. Nothing was stored and nothing published. */
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

  /** The task is deleted. */
  public static final class DeletedTask extends TaskRejection {

    private static final long serialVersionUID = 1L;

    DeletedTask(String id) {
      super("Task " + id + " is deleted.");
    }
  }

  /** The task is completed and does not change any more. */
  public static final class FinishedTask extends TaskRejection {

    private static final long serialVersionUID = 1L;

    FinishedTask(String id) {
      super("Task " + id + " is completed and does not change any more.");
    }
  }

  /** A field would get a value that the task cannot have now. */
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
}
