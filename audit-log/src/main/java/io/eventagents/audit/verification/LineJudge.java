package io.eventagents.audit.verification;

import io.eventagents.audit.event.RecordFields;
import io.eventagents.audit.log.ByteText;
import io.eventagents.audit.log.LineChain;
import io.eventagents.audit.log.LineFields;
import io.eventagents.audit.log.LineReader;
import io.eventagents.audit.log.MalformedLine;
import java.io.IOException;

/**
 * Judges line after line of a log: its form, its chain, its payload, and whether its offset is the
 * one that was due. Not thread-safe.
 */
final class LineJudge {

  /** What was made of a line. */
  enum Judgement {
    /** It is a line, whatever else is wrong with it. */
    LINE,
    /** It has not the form of one. */
    NONE,
    /** It is what a crash left of a batch. */
    TORN
  }

  private final Findings changes;
  private final Offsets offsets;
  private final Erasures erasures;
  private final Causes causes;
  private final LineChain chain;
  private final BeforeTheChain before;
  private final LineFields fields = new LineFields();
  private final EventIds ids = new EventIds();
  private final PayloadCheck payloads = new PayloadCheck(ids);
  private boolean chained;

  LineJudge(String logId, Findings changes, Offsets offsets, Erasures erasures, Causes causes) {
    this.changes = changes;
    this.offsets = offsets;
    this.erasures = erasures;
    this.causes = causes;
    this.chain = new LineChain(LineChain.start(logId));
    this.before = new BeforeTheChain(LineChain.start(logId));
  }

  /** The chain at the last line. */
  LineChain chain() {
    return chain;
  }

  /** The parts of the last line that was one. */
  LineFields fields() {
    return fields;
  }

  /** Whether a line had a chain. */
  boolean isChained() {
    return chained;
  }

  /** The lines that are older than chains. */
  BeforeTheChain before() {
    return before;
  }

  /** All lines were judged. */
  void conclude() {
    if (!chained) {
      before.conclude(changes);
    }
  }

  /** Goes on with the line behind this hash. */
  void resume(String hash) {
    chain.reset(hash);
    chained = true;
  }

  /**
   * Judges a line.
   *
   * @param number of the line in its file, from 1
   * @param start where it starts in it
   * @param first whether it is the first of the log
   * @param unsettled whether a crash may have left it: in the newest file, behind all that is
   *     signed
   */
  Judgement judge(
      byte[] text, String file, long number, long start, boolean first, boolean unsettled)
      throws IOException {
    long found = changes.count();
    try {
      fields.read(text);
    } catch (MalformedLine e) {
      changes.add(file, number, start + e.at(), e.expected(), e.found());
      return tornOr(Judgement.NONE, text, unsettled, found);
    }
    judgeChain(text, file, number, start, first);
    if (fields.payload == LineFields.Payload.ERASED) {
      erasures.erased(fields, file, number, start);
      noteIds(text, file, number);
    } else {
      judgePayload(text, file, number, start);
    }
    if (changes.count() == found) {
      erasures.unchanged(fields, file, number);
    } else if (tornOr(Judgement.LINE, text, unsettled, found) == Judgement.TORN) {
      return Judgement.TORN;
    }
    offsets.take(fields, file, number, start);
    return Judgement.LINE;
  }

  private void judgePayload(byte[] text, String file, long number, long start) throws IOException {
    try {
      payloads.check(fields);
      if (ids.eventId() != null && ids.causationId() != null) {
        causes.event(ids.eventId());
        causes.cause(ids.causationId(), file, number);
      } else {
        noteIds(text, file, number);
      }
    } catch (MalformedLine e) {
      changes.add(file, number, start + e.at(), e.expected(), e.found());
    }
  }

  /**
   * The ids of a record whose body does not say both: its headers may, or what is raw in the line.
   */
  private void noteIds(byte[] text, String file, long number) throws IOException {
    try {
      RecordFields said = RecordFields.of(LineReader.read(text));
      causes.event(said.eventId());
      causes.cause(said.causationId(), file, number);
    } catch (MalformedLine e) {
      // Its parts are where they belong, and within them is no JSON: nothing can be said of it.
      causes.event(null);
    }
  }

  private void judgeChain(byte[] text, String file, long number, long start, boolean first) {
    if (fields.chain < 0) {
      if (chained) {
        changes.add(
            file,
            number,
            start + text.length - 1,
            "the key chain",
            "a line without: that it is unchanged cannot be shown");
      } else {
        before.take(fields, file, number, start);
      }
      return;
    }
    if (!chained && before.lines() > 0 && before.isSealedBy(fields)) {
      chain.reset(before.seal());
    }
    chained = true;
    chain.take(text, 0, fields.headEnd, fields.digest, fields.gap, fields.gapEnd);
    if (!chain.isAt(text, fields.chain)) {
      changes.add(
          file,
          number,
          start + fields.chain,
          "the chain "
              + chain.chain()
              + (first ? ", as the first line of this log has it" : "")
              + " (the line was altered, or lines before it were removed, added or moved)",
          ByteText.text(text, fields.chain, fields.chain + LineChain.LENGTH));
      chain.reset(text, fields.chain);
    }
  }

  /** What a crash left is no change. */
  private Judgement tornOr(Judgement otherwise, byte[] text, boolean unsettled, long found) {
    if (unsettled && ByteText.hasHole(text)) {
      changes.takeBack(found);
      return Judgement.TORN;
    }
    return otherwise;
  }
}
