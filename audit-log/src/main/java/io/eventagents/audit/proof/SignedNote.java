package io.eventagents.audit.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Text and who signed it, in the form of C2SP's <a
 * href="https://c2sp.org/signed-note">signed-note</a>: the text, an empty line, a line per
 * signature.
 *
 * @param text what is signed, ended by a line feed
 * @param signatures at least one
 */
public record SignedNote(String text, List<NoteSignature> signatures) {

  /**
   * Copies the signatures.
   *
   * @throws IllegalArgumentException if the text does not end with a line feed
   */
  public SignedNote {
    if (!text.endsWith("\n")) {
      throw new IllegalArgumentException("The text of a note ends with a line feed");
    }
    signatures = List.copyOf(signatures);
  }

  /**
   * Reads a note.
   *
   * @throws MalformedNote if it is none
   */
  public static SignedNote parse(String note) throws MalformedNote {
    int end = note.lastIndexOf("\n\n");
    if (end < 0 || !note.endsWith("\n")) {
      throw new MalformedNote(
          "expected a text, an empty line and signatures, each line ended by LF");
    }
    List<NoteSignature> signatures = new ArrayList<>();
    for (String line : note.substring(end + 2).lines().toList()) {
      signatures.add(NoteSignature.parse(line));
    }
    if (signatures.isEmpty()) {
      throw new MalformedNote("expected a signature");
    }
    return new SignedNote(note.substring(0, end + 1), signatures);
  }

  /** The signature of this key, where it is there and is the key's. */
  public boolean isSignedBy(VerificationKey key) {
    return signature(key).isPresent();
  }

  Optional<NoteSignature> signature(VerificationKey key) {
    return signatures.stream()
        .filter(signature -> key.isOf(signature) && key.verifies(text, signature.bytes()))
        .findFirst();
  }

  /** The whole note. */
  @Override
  public String toString() {
    StringBuilder note = new StringBuilder(text).append('\n');
    signatures.forEach(signature -> note.append(signature.line()).append('\n'));
    return note.toString();
  }
}
