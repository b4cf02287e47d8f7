package io.eventagents.audit.log;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The chain as the documentation has it, made in another way than the program does. */
public final class ExpectedChain {

  private static final Pattern LINE =
      Pattern.compile(
          "(.*?),\"(?:event|raw)\":.*,\"payload_digest\":\\{[^}]*\"sha256\":\"([0-9a-f]{64})\"[^}]*} *"
              + "(?:,\"gap\":(\\{[^}]*}))?,\"chain\":\"([0-9a-f]{64})\"}",
          Pattern.DOTALL);

  private ExpectedChain() {}

  public static String start(UUID logId) throws Exception {
    return sha256(logId.toString());
  }

  /** The chain that each of the lines has to have. */
  public static List<String> of(String start, List<String> lines) throws Exception {
    List<String> chain = new ArrayList<>();
    String last = start;
    for (String line : lines) {
      Matcher parts = matched(line);
      String gap = parts.group(3) == null ? "" : parts.group(3);
      last = sha256(last + "\n" + parts.group(1) + "\n" + parts.group(2) + "\n" + gap + "\n");
      chain.add(last);
    }
    return chain;
  }

  /** The chain that each of the lines says it has. */
  public static List<String> stated(List<String> lines) {
    return lines.stream().map(line -> matched(line).group(4)).toList();
  }

  private static Matcher matched(String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new AssertionError("Not a line with a chain: " + line);
    }
    return parts;
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
