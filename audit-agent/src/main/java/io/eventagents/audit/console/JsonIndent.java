package io.eventagents.audit.console;

/** Indents JSON. Only white space between tokens changes; numbers and texts stay as they are. */
final class JsonIndent {

  /** Deeper levels are not indented further, or the white space would outgrow the JSON. */
  private static final int DEEPEST = 40;

  private JsonIndent() {}

  /** The same JSON on several lines, two spaces per level. */
  static String of(String json) {
    StringBuilder text = new StringBuilder(json.length() + json.length() / 4);
    int depth = 0;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      switch (c) {
        case ' ', '\t', '\n', '\r' -> {}
        case '"' -> i = string(json, i, text);
        case '{', '[' -> {
          text.append(c);
          int next = nextToken(json, i + 1);
          if (json.charAt(next) == '}' || json.charAt(next) == ']') {
            text.append(json.charAt(next));
            i = next;
          } else {
            newLine(text, ++depth);
          }
        }
        case '}', ']' -> {
          newLine(text, --depth);
          text.append(c);
        }
        case ',' -> {
          text.append(c);
          newLine(text, depth);
        }
        case ':' -> text.append(": ");
        default -> text.append(c);
      }
    }
    return text.toString();
  }

  private static int string(String json, int start, StringBuilder text) {
    int i = start + 1;
    while (json.charAt(i) != '"') {
      i += json.charAt(i) == '\\' ? 2 : 1;
    }
    text.append(json, start, i + 1);
    return i;
  }

  private static int nextToken(String json, int from) {
    int i = from;
    while (json.charAt(i) <= ' ') {
      i++;
    }
    return i;
  }

  private static void newLine(StringBuilder text, int depth) {
    text.append('\n').append("  ".repeat(Math.min(depth, DEEPEST)));
  }
}
