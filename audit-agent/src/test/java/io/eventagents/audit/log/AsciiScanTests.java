package io.eventagents.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AsciiScanTests {

  private static final int LENGTH = 19;

  @Test
  void stopsAtWhatAJsonStringEscapesWhereverItStands() {
    forEachByteAtEachPlace(
        (bytes, place, value) -> {
          boolean plain = value >= ' ' && value != '"' && value != '\\';
          assertThat(AsciiScan.unescaped(bytes))
              .as("%d at %d", value, place)
              .isEqualTo(plain ? LENGTH : place);
        });
  }

  @Test
  void findsWhatIsNoAsciiOrEndsALineWhereverItStands() {
    forEachByteAtEachPlace(
        (bytes, place, value) ->
            assertThat(AsciiScan.isOneLine(bytes))
                .as("%d at %d", value, place)
                .isEqualTo(value >= 0 && value != '\n' && value != '\r'));
  }

  @Test
  void takesNothingForPlain() {
    assertThat(AsciiScan.unescaped(new byte[0])).isZero();
    assertThat(AsciiScan.isOneLine(new byte[0])).isTrue();
  }

  /** The neighbours of a byte must not be taken for it, so they are the greatest and the least. */
  private static void forEachByteAtEachPlace(Check check) {
    for (byte neighbour : new byte[] {' ', '~', 0x7F}) {
      for (int place = 0; place < LENGTH; place++) {
        for (int value = Byte.MIN_VALUE; value <= Byte.MAX_VALUE; value++) {
          byte[] bytes = new byte[LENGTH];
          Arrays.fill(bytes, neighbour);
          bytes[place] = (byte) value;
          check.of(bytes, place, (byte) value);
        }
      }
    }
  }

  private interface Check {
    void of(byte[] bytes, int place, byte value);
  }
}
