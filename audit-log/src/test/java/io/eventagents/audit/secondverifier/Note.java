package io.eventagents.audit.secondverifier;

import java.util.List;

/**
 * A signed note (section "Checkpoints").
 *
 * @param text what is signed, the LF of its last line included
 * @param whole the note as it stands in its file, signatures included
 * @param problem what it lacks of the form of a note, null if nothing
 */
record Note(Place place, String text, List<Signature> signatures, String whole, String problem) {

  /** A line with a signature: the name of the key and what stands in Base64. */
  @SuppressWarnings("ArrayRecordComponent")
  record Signature(String name, byte[] bytes) {}

  /** The lines of the text; only LF ends one. */
  List<String> lines() {
    return List.of(text.substring(0, text.length() - 1).split("\n", -1));
  }

  String firstLine() {
    int lf = text.indexOf('\n');
    return lf < 0 ? text : text.substring(0, lf);
  }
}
