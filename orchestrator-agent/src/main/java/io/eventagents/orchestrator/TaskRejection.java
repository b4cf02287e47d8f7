package io.eventagents.orchestrator;

import java.util.List;

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

  /** The client's words make no command. */
  static final class InvalidInput extends TaskRejection {

    private static final long serialVersionUID = 1L;

    private final transient List<FieldError> errors;

    /** It is about no field: broken JSON, say. */
    InvalidInput(String message) {
      super(message);
      errors = List.of();
    }

    InvalidInput(List<FieldError> errors) {
      super(
          errors.get(0).field()
              + " "
              + errors.get(0).message()
              + (errors.size() > 1 ? "; see errors for all." : "."));
      this.errors = List.copyOf(errors);
    }

    List<FieldError> errors() {
      return errors;
    }
  }

  /**
   * What is wrong with a field.
   *
   * @param field its name, as the client wrote it
   * @param message what it must be
   */
  record FieldError(String field, String message) {}
}
