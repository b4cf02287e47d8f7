package io.eventagents.audit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Notes are those of other programs: the example is that of golang.org/x/mod/sumdb/note. */
class SignedNoteTests {

  private static final String KEY =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  private static final byte[] SEED =
      Base64.getDecoder().decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz");
  private static final String TEXT =
      """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.
      """;
  private static final String NOTE =
      TEXT
          + "\n\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqf"
          + "qdngotpRZb6KE6RyyBwJnAM=\n";

  @TempDir Path path;

  @Test
  void signsAsOtherProgramsDo() throws Exception {
    byte[] pkcs8 =
        Base64.getDecoder()
            .decode("MC4CAQAwBQYDK2VwBCIEIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    System.arraycopy(SEED, 1, pkcs8, pkcs8.length - 32, 32);
    Path pem =
        Files.writeString(
            path.resolve("key.pem"),
            "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getEncoder().encodeToString(pkcs8)
                + "\n-----END PRIVATE KEY-----\n");

    SigningKey key = SigningKey.read(pem, "PeterNeumann");

    assertThat(key.verification()).hasToString(KEY);
    assertThat(key.sign(TEXT)).hasToString(NOTE);
  }

  @Test
  void readsWhatOtherProgramsSigned() throws Exception {
    SignedNote note = SignedNote.parse(NOTE);

    assertThat(note.text()).isEqualTo(TEXT);
    assertThat(note.isSignedBy(VerificationKey.parse(KEY))).isTrue();
    assertThat(SignedNote.parse(NOTE.replace("you", "You")).isSignedBy(VerificationKey.parse(KEY)))
        .isFalse();
  }

  @Test
  void keysMadeHereAreReadAsTheyAreWritten() throws Exception {
    SigningKey made = SigningKey.make("a/b");
    Path pem = Files.writeString(path.resolve("key.pem"), made.pem());
    Path publicPem = Files.writeString(path.resolve("key.pub.pem"), made.verification().pem());

    assertThat(SigningKey.read(pem, "a/b").verification()).isEqualTo(made.verification());
    assertThat(VerificationKey.parse(made.verification().toString()))
        .isEqualTo(made.verification());
    assertThat(VerificationKey.read(publicPem, "a/b")).isEqualTo(made.verification());
    assertThat(made.toString()).doesNotContain(made.pem().substring(40, 60));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text\n",
        "text\n\n",
        "text\n\nno signature\n",
        "text\n\n\u2014 name\n",
        "text\n\n\u2014 name not-base64\n",
        "text\n\n\u2014 name AAAA\n",
        "text\n\n\u2014 name AAAAAAAA"
      })
  void saysWhatIsNoNote(String text) {
    assertThatExceptionOfType(MalformedNote.class)
        .isThrownBy(() -> SignedNote.parse(text))
        .withMessageStartingWith("expected ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PeterNeumann",
        "PeterNeumann+c74f20a3",
        "PeterNeumann+c74f20a3+!",
        "PeterNeumann+c74f20a3+ARpc",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumanN+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
      })
  void saysWhatIsNoKey(String text) {
    assertThatExceptionOfType(MalformedNote.class)
        .isThrownBy(() -> VerificationKey.parse(text))
        .withMessageStartingWith("expected ");
  }

  @Test
  void readsNotesThatStandOneAfterTheOther() throws Exception {
    String torn = NOTE.substring(0, NOTE.length() - 5);
    List<FoundNote> found = read(NOTE + NOTE + torn);

    assertThat(found).hasSize(3);
    assertThat(found).extracting(FoundNote::line).containsExactly(1L, 5L, 9L);
    assertThat(found).extracting(FoundNote::torn).containsExactly(false, false, true);
    assertThat(found.get(0).note()).hasToString(NOTE);
    assertThat(found.get(1).note()).hasToString(NOTE);
    long length = NOTE.getBytes(StandardCharsets.UTF_8).length;
    assertThat(found).extracting(FoundNote::start).containsExactly(0L, length, 2 * length);
    assertThat(found.get(1).end()).isEqualTo(2 * length);
  }

  @Test
  void goesOnAfterWhatIsNoNote() throws Exception {
    String broken = NOTE.replace(" x08go", " !x08go");

    List<FoundNote> found = read(broken + NOTE);

    assertThat(found.get(0).note()).isNull();
    assertThat(found.get(0).trouble()).startsWith("expected Base64 in the signature");
    assertThat(found.get(1).note()).hasToString(NOTE);
  }

  private static List<FoundNote> read(String notes) throws Exception {
    List<FoundNote> read = new ArrayList<>();
    try (NoteReader reader =
        new NoteReader(new ByteArrayInputStream(notes.getBytes(StandardCharsets.UTF_8)))) {
      for (FoundNote found = reader.next(); found != null; found = reader.next()) {
        read.add(found);
      }
    }
    return read;
  }
}
