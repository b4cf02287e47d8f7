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
            assertThat(AsciiScan.oneLine(bytes) != AsciiScan.NOT_ONE_LINE)
                .as("%d at %d", value, place)
                .isEqualTo(value >= 0 && value != '\n' && value != '\r'));
  }

  @Test
  void tellsWhereEscapesBeginAtTheEarliest() {
    forEachByteAtEachPlace(
        (bytes, place, value) -> {
          if (value == '\\') {
            assertThat(AsciiScan.oneLine(bytes)).isBetween(0, place);
          } else if (value >= 0 && value != '\n' && value != '\r') {
            assertThat(AsciiScan.oneLine(bytes)).isEqualTo(LENGTH);
          }
        });
  }

  @Test
  void findsACharacterWhereverItStands() {
    forEachByteAtEachPlace(
        (bytes, place, value) -> {
          if (value == '\\') {
            for (int from = 0; from < LENGTH; from++) {
              assertThat(AsciiScan.first('\\', bytes, from))
                  .isEqualTo(from <= place ? place : LENGTH);
            }
          } else {
            assertThat(AsciiScan.first('\\', bytes, 0)).isEqualTo(LENGTH);
          }
        });
  }

  @Test
  void countsWhatIsAsciiWhereverItEnds() {
    forEachByteAtEachPlace(
        (bytes, place, value) ->
            assertThat(AsciiScan.ascii(bytes, 0, LENGTH)).isEqualTo(value < 0 ? place : LENGTH));
  }

  @Test
  void takesNothingForPlain() {
    assertThat(AsciiScan.unescaped(new byte[0])).isZero();
    assertThat(AsciiScan.oneLine(new byte[0])).isZero();
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
