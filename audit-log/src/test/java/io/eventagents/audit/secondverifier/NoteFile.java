package io.eventagents.audit.secondverifier;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Notes that stand one after the other in a file (section "Checkpoints" and rule 7 of "What has to
 * hold").
 */
final class NoteFile {

  private static final int LONGEST_LINE = 16_384;
  private static final int LONGEST_NOTE = 65_536;
  private static final byte[] SIGNATURE = "\u2014 ".getBytes(StandardCharsets.UTF_8);
  private static final int SHORTEST_SIGNATURE = 5;

  private final String name;
  private final List<Note> notes = new ArrayList<>();
  private final ByteArrayOutputStream open = new ByteArrayOutputStream();
  private Place openPlace;
  private boolean openIsSigned;
  private boolean openIsEnded = true;
  private boolean openIsTooLong;
  private Place rest;

  private NoteFile(String name) {
    this.name = name;
  }

  static NoteFile read(String name, Path path) throws IOException {
    NoteFile file = new NoteFile(name);
    try (LineReader reader = new LineReader(path, Files.size(path), LONGEST_LINE)) {
      long number = 0;
      for (LineReader.Line line = reader.next(); line != null; line = reader.next()) {
        file.add(line, ++number);
      }
    }
    file.end();
    return file;
  }

  /** A note that is all of these bytes; empty if they are something else. */
  static Optional<Note> single(Place place, byte[] bytes) {
    NoteFile file = new NoteFile(place.file());
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        byte[] line = Arrays.copyOfRange(bytes, start, i);
        file.add(new LineReader.Line(line, start, i + 1L, true, line.length > LONGEST_LINE), 1);
        start = i + 1;
      }
    }
    file.end();
    return start == bytes.length && file.notes.size() == 1 && file.notes.get(0).problem() == null
        ? Optional.of(file.notes.get(0))
        : Optional.empty();
  }

  List<Note> notes() {
    return notes;
  }

  /** Where what a crash left begins: a rest without a signature, or whose last line has no LF. */
  Optional<Place> rest() {
    return Optional.ofNullable(rest);
  }

  private void add(LineReader.Line line, long number) {
    boolean signature = Bytes.isAt(line.bytes(), 0, line.bytes().length, SIGNATURE);
    if (openIsSigned && !signature) {
      close();
    }
    if (openPlace == null) {
      openPlace = new Place(name, number, line.start());
    }
    openIsSigned = signature;
    openIsEnded = line.ended();
    openIsTooLong |= line.tooLong() || open.size() > 4 * LONGEST_NOTE;
    if (!openIsTooLong) {
      open.writeBytes(line.bytes());
      open.write('\n');
    }
  }

  private void end() {
    if (openPlace == null) {
      return;
    }
    if ((openIsSigned && openIsEnded) || openIsTooLong) {
      close();
    } else {
      rest = openPlace;
    }
  }

  private void close() {
    Optional<String> text = openIsTooLong ? Optional.empty() : Utf8.decode(open.toByteArray());
    notes.add(
        text.isEmpty()
            ? bad(openIsTooLong ? "one that is too long" : "one that is no UTF-8")
            : note(text.get()));
    open.reset();
    openPlace = null;
    openIsSigned = false;
    openIsTooLong = false;
  }

  private Note note(String whole) {
    if (whole.length() > LONGEST_NOTE) {
      return bad("one that is too long");
    }
    int signaturesAt = whole.indexOf("\n\n\u2014 ");
    if (signaturesAt < 0) {
      return bad("one without text and an empty line before its signatures");
    }
    List<Note.Signature> signatures = new ArrayList<>();
    for (String line : whole.substring(signaturesAt + 2, whole.length() - 1).split("\n", -1)) {
      Optional<Note.Signature> signature = signature(line);
      if (signature.isEmpty()) {
        return bad("one with a line that is no signature: " + line);
      }
      signatures.add(signature.get());
    }
    return new Note(
        openPlace, whole.substring(0, signaturesAt + 1), List.copyOf(signatures), whole, null);
  }

  private Note bad(String problem) {
    return new Note(openPlace, "", List.of(), "", problem);
  }

  private static Optional<Note.Signature> signature(String line) {
    String[] parts = line.split(" ", -1);
    if (parts.length != 3 || parts[1].isEmpty()) {
      return Optional.empty();
    }
    return Base64Text.decode(parts[2])
        .filter(bytes -> bytes.length >= SHORTEST_SIGNATURE)
        .map(bytes -> new Note.Signature(parts[1], bytes));
  }
}
