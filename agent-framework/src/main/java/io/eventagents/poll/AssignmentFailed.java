package io.eventagents.poll;

import java.io.Serial;

/**
 * A consumer's partitions were assigned but could not be taken over: nobody knows where to go on.
 * The client would read on from what was committed and not ask again. So its container must end,
 * which only an error makes it do, and be started again.
 */
final class AssignmentFailed extends Error {

  @Serial private static final long serialVersionUID = 1;

  AssignmentFailed(Throwable cause) {
    super("the partitions assigned could not be taken over: " + cause.getMessage(), cause);
  }
}
