package io.eventagents.poll;

import java.io.Serial;

/**
 * A consumer's partitions were assigned, and could not be taken over: where to go on with them is
 * not known. The client would read on from what was committed and not ask again, so its container
 * must end, which only an error does, and be started again.
 */
final class AssignmentFailed extends Error {

  @Serial private static final long serialVersionUID = 1;

  AssignmentFailed(Throwable cause) {
    super("the partitions assigned could not be taken over: " + cause.getMessage(), cause);
  }
}
