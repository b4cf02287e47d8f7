package io.eventagents.audit.log;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON as RFC 8259 has it, of any size, token by token, nested up to {@link #DEEPEST} levels.
 * Thread-safe.
 */
public final class JsonText {

  /**
   * How many levels an event may have to stand in a line as JSON. Many readers stop not far above
   * it, some versions of {@code jq} at 256, and one line that they refuse spoils the file for them.
   */
  public static final int DEPTH = 250;

  /**
   * How many levels are read at all. A reader remembers each level that it is within, some sixty
   * bytes where the payload has one; without a bound a record of ten megabytes would need more
   * memory than the agent has. What is nested deeper is not read as JSON.
   */
  public static final int DEEPEST = 100_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          // Names are the producers': many different ones must be no error.
          .disable(TokenStreamFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          // Otherwise UTF-16 would pass for JSON, and would not be text in the line.
          .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private JsonText() {}

  /** A parser of these bytes. */
  public static JsonParser parser(byte[] json) {
    return parser(json, 0);
  }

  /** A parser of these bytes from there to there. */
  public static JsonParser parser(byte[] json, int from, int end) {
    return FACTORY.createParser(ObjectReadContext.empty(), json, from, end - from);
  }

  static JsonParser parser(byte[] json, int from) {
    return parser(json, from, json.length);
  }

  /** The byte at which the token starts that the parser is at. */
  public static int tokenStart(JsonParser parser) {
    return (int) parser.currentTokenLocation().getByteOffset();
  }

  /** The byte behind the value that the parser is at, to whose last token it goes. */
  public static int valueEnd(JsonParser parser) {
    parser.skipChildren();
    parser.finishToken();
    return (int) parser.currentLocation().getByteOffset();
  }

  /** Where JSON in UTF-8 starts: behind the byte order mark, if it has one. */
  public static int start(byte[] json) {
    boolean marked =
        json.length >= 3
            && json[0] == (byte) 0xEF
            && json[1] == (byte) 0xBB
            && json[2] == (byte) 0xBF;
    return marked ? 3 : 0;
  }

  /** Whether bytes may be a JSON object, told by the first that is no white space. */
  public static boolean mayBeObject(byte[] bytes) {
    int at = start(bytes);
    while (at < bytes.length
        && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\n' || bytes[at] == '\r')) {
      at++;
    }
    return at < bytes.length && bytes[at] == '{';
  }

  /** Whether the bytes from there on are one JSON object of at most {@link #DEPTH} levels. */
  static boolean isObject(byte[] json, int from) {
    try (JsonParser parser = parser(json, from)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      int depth = 1;
      while (depth > 0) {
        JsonToken token = parser.nextToken();
        if (token == null) {
          return false;
        } else if (token.isStructStart()) {
          depth++;
        } else if (token.isStructEnd()) {
          depth--;
        }
        if (depth > DEPTH) {
          return false;
        }
      }
      return parser.nextToken() == null;
    } catch (JacksonException notJson) {
      return false;
    }
  }
}
