package io.eventagents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** In addition to the examples of FIPS 180-2. */
class Sha256Tests {

  private static final String OF_NOTHING =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void isTheOneOfTheStandard() {
    assertThat(Sha256.hex("abc")).isEqualTo(OF_ABC);
    assertThat(Sha256.hex("")).isEqualTo(OF_NOTHING);
    assertThat(Sha256.of()).isEqualTo(HexFormat.of().parseHex(OF_NOTHING));
  }

  @Test
  void takesPartsOneAfterTheOther() {
    byte[] first = "a".getBytes(UTF_8);
    byte[] rest = "bc".getBytes(UTF_8);

    assertThat(Sha256.hex(first, rest)).isEqualTo(OF_ABC);
    assertThat(Sha256.of(first, rest)).isEqualTo(HexFormat.of().parseHex(OF_ABC));
  }

  @Test
  void startsAnewEachTime() {
    MessageDigest left = Sha256.start();
    left.update((byte) 'x');

    assertThat(Sha256.start().digest("abc".getBytes(UTF_8)))
        .isEqualTo(HexFormat.of().parseHex(OF_ABC));
  }
}
