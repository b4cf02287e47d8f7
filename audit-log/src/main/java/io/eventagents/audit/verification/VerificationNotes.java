package io.eventagents.audit.verification;

import java.util.List;
import org.apache.kafka.common.Uuid;

/** What is worth knowing of a log and is no deviation, in words. */
final class VerificationNotes {

  private final List<String> notes;

  /**
   * @param notes take them
   */
  VerificationNotes(List<String> notes) {
    this.notes = notes;
  }

  /** On checkpoints that were kept elsewhere. */
  void onWhatWasKept(long fitting) {
    notes.add("Checkpoints that were kept elsewhere and fit the log: " + fitting);
  }

  /** On who signed. */
  void onKeys(TrustedKeys keys) {
    if (!keys.isPinned() && !keys.isEmpty()) {
      notes.add(
          "The key that signed, %s, is the one beside the log: who can write there could have exchanged both; pin it with --key"
              .formatted(keys.named()));
    }
    if (keys.successions() > 0) {
      notes.add("Successions of signing keys: " + keys.successions());
    }
  }

  /** On lines that no checkpoint is of yet. */
  void onLines(long notSigned) {
    if (notSigned > 0) {
      notes.add("Lines at the end that are chained but not signed yet: " + notSigned);
    }
  }

  /**
   * On lines that are older than chains.
   *
   * @param untold how often offsets are missing between them
   */
  void onLinesBeforeTheChain(BeforeTheChain before, long untold) {
    if (before.lines() > 0) {
      notes.add(
          "Lines 1 to %d were written before the log had a chain: %s"
              .formatted(
                  before.lines(),
                  before.isSealed()
                      ? "they are unchanged since line %d, which takes them in; that they were until then cannot be shown"
                          .formatted(before.lines() + 1)
                      : "that they are unchanged cannot be shown"));
    }
    if (untold > 0) {
      notes.add(
          "Offsets that are missing between these lines, which could not say why then: " + untold);
    }
  }

  /** On files that are older than the first checkpoint. */
  void onUnsigned(List<String> files) {
    if (!files.isEmpty()) {
      notes.add(
          "Files without checkpoints of their own, older than the first one there is: %d, %s to %s; where the log was signed by then, they were removed"
              .formatted(files.size(), files.getFirst(), files.getLast()));
    }
  }

  /** On topics that were made again. */
  void onTopics(Offsets offsets) {
    offsets
        .topics()
        .forEach(
            (topic, topicIds) -> {
              if (topicIds.size() > 1) {
                notes.add(
                    "The topic %s was made again: its ids are %s"
                        .formatted(topic, topicIds.stream().map(Uuid::toString).toList()));
              }
            });
  }

  /** On events whose cause is not in the log. */
  void onCauses(Causes causes) {
    if (causes.count() > 0) {
      notes.add(
          "Events whose cause is not in the log: %d, such as %s"
              .formatted(
                  causes.count(), causes.first().stream().map(VerificationNotes::named).toList()));
    }
    if (causes.calls() > 0) {
      notes.add(
          "Events whose cause is no event, such as the call that began a chain: " + causes.calls());
    }
  }

  private static String named(Causes.Dangling dangling) {
    return dangling.causationId() + " at " + dangling.file() + " line " + dangling.line();
  }
}
