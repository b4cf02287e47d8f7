package io.eventagents.audit.secondverifier;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys that are pinned or beside the log, and the notes that lead on from them (rule 6 of "What
 * has to hold").
 */
final class KeyFiles {

  private static final String KEY = "signing-key.pub";
  private static final String NOTES = "signing-keys.notes";

  private final LogDirectory directory;
  private final String logName;
  private final Findings findings;

  KeyFiles(LogDirectory directory, String logName, Findings findings) {
    this.directory = directory;
    this.logName = logName;
    this.findings = findings;
  }

  KeyRing ring(List<String> pinnedTexts) throws IOException, CannotTellException {
    List<VerifierKey> pinned = pinned(pinnedTexts);
    Optional<VerifierKey> beside = keyBeside();
    KeyRing ring =
        KeyRing.of(pinned.isEmpty() ? beside.stream().toList() : pinned, notes(), findings);
    if (!pinned.isEmpty() && beside.isPresent() && !ring.trusts(beside.get())) {
      findings.deviation(Place.of(KEY), 6, "one of the trusted keys", beside.get().text());
    }
    return ring;
  }

  private List<VerifierKey> pinned(List<String> texts) throws CannotTellException {
    List<VerifierKey> pinned = new ArrayList<>();
    for (String text : texts) {
      pinned.add(
          VerifierKey.parse(text, logName)
              .orElseThrow(
                  () -> new CannotTellException("this is no verification key: " + text.strip())));
    }
    return pinned;
  }

  private Optional<VerifierKey> keyBeside() throws IOException, CannotTellException {
    Optional<byte[]> file = directory.smallFile(KEY);
    Optional<VerifierKey> key =
        file.flatMap(bytes -> VerifierKey.parse(withoutLineFeed(bytes)))
            .filter(found -> found.name().equals(logName));
    if (file.isPresent() && key.isEmpty()) {
      findings.deviation(
          Place.of(KEY),
          6,
          "a key of this log in one line: <name>+<id>+<Base64>",
          new String(file.get(), StandardCharsets.ISO_8859_1));
    }
    return key;
  }

  private static String withoutLineFeed(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }

  private List<KeyNote> notes() throws IOException, CannotTellException {
    List<KeyNote> notes = new ArrayList<>();
    if (!directory.has(NOTES)) {
      return notes;
    }
    NoteFile file = NoteFile.read(NOTES, directory.readable(NOTES));
    for (Note note : file.notes()) {
      KeyNote.parse(note, logName)
          .ifPresentOrElse(
              notes::add,
              () ->
                  findings.deviation(
                      note.place(),
                      6,
                      "a note that says which key of this log follows which",
                      note.problem() == null ? note.text() : note.problem()));
    }
    file.rest().ifPresent(place -> findings.note(place + ": the rest of a note that a crash left"));
    return notes;
  }
}
