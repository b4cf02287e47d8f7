package io.eventagents.audit.log;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Tells whether bytes are text. Not thread-safe. */
public final class Utf8 {

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final CharBuffer decoded = CharBuffer.allocate(4096);

  /** Whether the bytes are well-formed UTF-8: no overlong forms, no surrogates, nothing cut off. */
  public boolean isValid(byte[] bytes) {
    return isValid(bytes, 0, bytes.length);
  }

  /** Whether the bytes from there to there are. */
  public boolean isValid(byte[] bytes, int from, int end) {
    int ascii = AsciiScan.ascii(bytes, from, end);
    return ascii == end || decodes(ByteBuffer.wrap(bytes, ascii, end - ascii));
  }

  private boolean decodes(ByteBuffer rest) {
    decoder.reset();
    CoderResult result;
    do {
      decoded.clear();
      result = decoder.decode(rest, decoded, true);
    } while (result.isOverflow());
    return !result.isError();
  }
}
