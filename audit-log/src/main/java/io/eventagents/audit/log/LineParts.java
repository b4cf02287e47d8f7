package io.eventagents.audit.log;

import io.eventagents.Sha256;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a line are that an erasure tells apart. A quotation mark within a string is
 * always escaped, so the first {@code ,"event":} or {@code ,"raw":} is where the head ends, and the
 * last {@code ,"payload_digest":} where the payload does.
 *
 * @param headEnd where the head ends
 * @param payloadEnd where the payload ends that begins there, with its key
 * @param digest where the digits of the payload's digest start
 * @param rest where the digest's object has ended, and the spaces that an erasure left
 */
record LineParts(int headEnd, int payloadEnd, int digest, int rest) {

  /** The parts of a line; null if it is none. */
  static @Nullable LineParts of(byte[] line) {
    int event = ByteText.first(line, 0, line.length, LineKeys.EVENT);
    int headEnd = ByteText.first(line, 0, event < 0 ? line.length : event, LineKeys.RAW);
    if (headEnd < 0) {
      headEnd = event;
    }
    int payloadEnd = ByteText.last(line, 0, line.length, LineKeys.PAYLOAD_DIGEST);
    if (headEnd < 0 || payloadEnd < headEnd) {
      return null;
    }
    int key = ByteText.first(line, payloadEnd, line.length, LineKeys.SHA256);
    int digest = key + LineKeys.SHA256.length;
    if (key < 0 || digest + LineChain.LENGTH > line.length) {
      return null;
    }
    int rest = digest + LineChain.LENGTH;
    while (rest < line.length && line[rest] != '}') {
      rest++;
    }
    do {
      rest++;
    } while (rest < line.length && line[rest] == ' ');
    return rest < line.length ? new LineParts(headEnd, payloadEnd, digest, rest) : null;
  }

  /** A hash of what stays of the line when its payload is erased; of all of it if it is none. */
  static String fingerprint(byte[] line) {
    MessageDigest sha256 = Sha256.start();
    LineParts parts = of(line);
    if (parts == null) {
      sha256.update(line);
    } else {
      sha256.update(line, 0, parts.headEnd);
      sha256.update(line, parts.digest, LineChain.LENGTH);
      sha256.update(line, parts.rest, line.length - parts.rest);
    }
    return HexFormat.of().formatHex(sha256.digest());
  }
}
