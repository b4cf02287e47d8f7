package io.eventagents.orchestrator.http;

import io.eventagents.orchestrator.followup.FollowUp;
import io.eventagents.orchestrator.task.Task;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The entity tag of a task: its version, {@code "3"}, and a digest of its follow-ups if the answer
 * shows them, {@code "3-5f1a9c02"}. Both name the same state of the task, and a change is made for
 * that state.
 *
 * @param version the version of the task
 * @param shown a digest of the follow-ups; empty if none are shown
 */
record TaskTag(long version, String shown) {

  static TaskTag of(Task task) {
    return new TaskTag(task.version(), "");
  }

  static TaskTag of(Task task, List<FollowUp> followUps) {
    if (followUps.isEmpty()) {
      return of(task);
    }
    CRC32C digest = new CRC32C();
    digest.update(followUps.toString().getBytes(StandardCharsets.UTF_8));
    return new TaskTag(task.version(), "%08x".formatted(digest.getValue()));
  }

  /** The value of the header. */
  String header() {
    return '"' + (shown.isEmpty() ? "" + version : version + "-" + shown) + '"';
  }
}
