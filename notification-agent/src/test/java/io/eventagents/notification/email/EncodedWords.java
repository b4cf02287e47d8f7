package io.eventagents.notification.email;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a header by RFC 2047 and RFC 5322 alone. It is strict, so a word fails that is too long or
 * contains half a character.
 */
final class EncodedWords {

  private static final Pattern WORD =
      Pattern.compile("=\\?([A-Za-z0-9-]+)\\?([BbQq])\\?([!->@-~]*)\\?=");

  private EncodedWords() {}

  static String decode(String header) throws CharacterCodingException {
    StringBuilder text = new StringBuilder();
    boolean encoded = false;
    String unfolded = header.replaceAll("\r\n(?=[ \t])", "");
    Matcher token = Pattern.compile("[ \t]+|[^ \t]+").matcher(unfolded);
    String blanks = "";
    while (token.find()) {
      if (token.group().isBlank()) {
        blanks = token.group();
        continue;
      }
      Matcher word = WORD.matcher(token.group());
      if (word.matches() && token.group().length() <= 75) {
        text.append(encoded ? "" : blanks).append(word(word));
        encoded = true;
      } else {
        text.append(blanks).append(token.group());
        encoded = false;
      }
      blanks = "";
    }
    return text.append(blanks).toString();
  }

  private static String word(Matcher word) throws CharacterCodingException {
    byte[] bytes =
        word.group(2).equalsIgnoreCase("B")
            ? Base64.getDecoder().decode(word.group(3))
            : quoted(word.group(3));
    return Charset.forName(word.group(1)).newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static byte[] quoted(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '=') {
        bytes.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        bytes.write(c == '_' ? ' ' : c);
      }
    }
    return bytes.toByteArray();
  }
}
