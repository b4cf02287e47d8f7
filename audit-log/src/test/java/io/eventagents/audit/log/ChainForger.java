package io.eventagents.audit.log;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who can write the files, knows the format and makes everything fit. */
public final class ChainForger {

  private static final Pattern EVENT =
      Pattern.compile(
          "(.*?,\"event\":)(.*)(,\"payload_digest\":\\{\"salt\":\"([0-9a-f]{32})\",\"sha256\":\")"
              + "[0-9a-f]{64}(.*)",
          Pattern.DOTALL);

  private static final Pattern ERASABLE =
      Pattern.compile(
          "(.*?),\"(?:event|raw)\":.*,\"payload_digest\":\\{.*\"sha256\":\"([0-9a-f]{64})\"[^}]*}"
              + "((?:,\"gap\":\\{[^}]*})?,\"chain\":\"[0-9a-f]{64}\"})",
          Pattern.DOTALL);

  private ChainForger() {}

  /** The lines, chained anew from the first one. */
  public static List<String> rebuilt(String logId, List<String> lines) throws Exception {
    List<String> chain = ExpectedChain.of(LineChain.start(logId), lines);
    List<String> rebuilt = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      rebuilt.add(
          lines
              .get(i)
              .replaceFirst("\"chain\":\"[0-9a-f]{64}\"}$", "\"chain\":\"" + chain.get(i) + "\"}"));
    }
    return rebuilt;
  }

  /** The line with another event, and the digest of that. */
  public static String withEvent(String line, String what, String with) {
    Matcher parts = EVENT.matcher(line);
    if (!parts.matches() || !parts.group(2).contains(what)) {
      return line;
    }
    String event = parts.group(2).replace(what, with);
    return parts.group(1)
        + event
        + parts.group(3)
        + sha256(parts.group(4) + event)
        + parts.group(5);
  }

  /** The line as an erasure leaves it. */
  public static String erased(String line, String erasure) {
    Matcher parts = ERASABLE.matcher(line);
    if (!parts.matches()) {
      throw new AssertionError("Nothing to erase in " + line);
    }
    String start =
        parts.group(1)
            + ",\"raw\":null,\"payload_digest\":{\"sha256\":\""
            + parts.group(2)
            + "\",\"erased\":\""
            + erasure
            + "\"}";
    return start
        + " ".repeat(line.length() - start.length() - parts.group(3).length())
        + parts.group(3);
  }

  /** The same payload, as Base64. */
  public static String eventAsRaw(String line) {
    Matcher parts = EVENT.matcher(line);
    if (!parts.matches()) {
      throw new AssertionError("No event in " + line);
    }
    String raw =
        Base64.getEncoder().encodeToString(parts.group(2).getBytes(StandardCharsets.UTF_8));
    return line.replace("\"event\":" + parts.group(2), "\"raw\":\"" + raw + "\"");
  }

  /** The same payload, as if it were JSON. */
  public static String rawAsEvent(String line) {
    Matcher raw = Pattern.compile("\"raw\":\"([^\"]*)\"").matcher(line);
    if (!raw.find()) {
      throw new AssertionError("Nothing raw in " + line);
    }
    return line.replace(
        raw.group(),
        "\"event\":"
            + new String(Base64.getDecoder().decode(raw.group(1)), StandardCharsets.UTF_8));
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
