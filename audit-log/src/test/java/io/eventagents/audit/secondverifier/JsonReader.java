package io.eventagents.audit.secondverifier;

import java.util.BitSet;

/**
 * Reads JSON token by token as RFC 8259 defines it, strictly, without recursion and at most 250
 * levels deep (section "event or raw"). The text has to be well-formed UTF-8, which is not looked
 * at here.
 */
final class JsonReader {

  /** What a token is; commas, colons and white space are none. */
  enum Token {
    OBJECT,
    OBJECT_END,
    ARRAY,
    ARRAY_END,
    NAME,
    STRING,
    NUMBER,
    WORD,
    END
  }

  private enum Due {
    VALUE,
    FIRST_NAME,
    NAME,
    FIRST_ELEMENT,
    SEPARATOR,
    END
  }

  static final int DEEPEST = 250;

  private final byte[] text;
  private final BitSet objects = new BitSet();
  private int at;
  private int depth;
  private Due due = Due.VALUE;
  private int tokenFrom;
  private int tokenEnd;
  private boolean halfPair;

  JsonReader(byte[] text) {
    this.text = text;
  }

  /** How many objects and arrays are open. */
  int depth() {
    return depth;
  }

  int tokenFrom() {
    return tokenFrom;
  }

  int tokenEnd() {
    return tokenEnd;
  }

  /** Whether the last name or string has half a surrogate pair as an escape. */
  boolean hasHalfPair() {
    return halfPair;
  }

  Token next() throws FormException {
    skipWhiteSpace();
    if (due == Due.SEPARATOR && peek() == ',') {
      at++;
      due = inObject() ? Due.NAME : Due.VALUE;
      skipWhiteSpace();
    }
    tokenFrom = at;
    return switch (due) {
      case VALUE -> value();
      case FIRST_ELEMENT -> peek() == ']' ? close() : value();
      case FIRST_NAME -> peek() == '}' ? close() : name();
      case NAME -> name();
      case SEPARATOR -> close();
      case END -> end();
    };
  }

  private Token end() throws FormException {
    if (peek() != -1) {
      throw failure("the end of the JSON text");
    }
    return Token.END;
  }

  private Token name() throws FormException {
    string();
    tokenEnd = at;
    skipWhiteSpace();
    require(':', "a colon");
    due = Due.VALUE;
    return Token.NAME;
  }

  private Token value() throws FormException {
    return switch (peek()) {
      case '{' -> open(Token.OBJECT);
      case '[' -> open(Token.ARRAY);
      case '"' -> {
        string();
        yield scalar(Token.STRING);
      }
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> {
        number();
        yield scalar(Token.NUMBER);
      }
    };
  }

  private Token open(Token token) throws FormException {
    if (depth == DEEPEST) {
      throw failure("at most " + DEEPEST + " levels");
    }
    at++;
    objects.set(depth++, token == Token.OBJECT);
    due = token == Token.OBJECT ? Due.FIRST_NAME : Due.FIRST_ELEMENT;
    return token;
  }

  private Token close() throws FormException {
    boolean object = inObject();
    require(object ? '}' : ']', object ? "a comma or }" : "a comma or ]");
    depth--;
    return scalar(object ? Token.OBJECT_END : Token.ARRAY_END);
  }

  private Token scalar(Token token) {
    due = depth == 0 ? Due.END : Due.SEPARATOR;
    tokenEnd = at;
    return token;
  }

  private Token word(String word) throws FormException {
    if (!Bytes.isAt(text, at, text.length, Hashes.ascii(word))) {
      throw failure(word);
    }
    at += word.length();
    return scalar(Token.WORD);
  }

  private void number() throws FormException {
    skip('-');
    if (!skip('0')) {
      digits();
    }
    if (skip('.')) {
      digits();
    }
    if (skip('e') || skip('E')) {
      if (!skip('-')) {
        skip('+');
      }
      digits();
    }
  }

  private void digits() throws FormException {
    if (peek() < '0' || peek() > '9') {
      throw failure("a JSON value");
    }
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
  }

  private void string() throws FormException {
    require('"', "a string");
    halfPair = false;
    while (peek() != '"') {
      if (peek() < 0x20) {
        throw failure("no control character within a string");
      }
      if (text[at++] == '\\') {
        escape();
      }
    }
    at++;
  }

  private void escape() throws FormException {
    if (skip('u')) {
      surrogates(hex4());
    } else if (peek() < 0 || "\"\\/bfnrt".indexOf(peek()) < 0) {
      throw failure("an escape of JSON");
    } else {
      at++;
    }
  }

  private void surrogates(int unit) throws FormException {
    boolean followed = Bytes.isAt(text, at, text.length, new byte[] {'\\', 'u'});
    if (Character.isHighSurrogate((char) unit) && followed) {
      int back = at;
      at += 2;
      if (!Character.isLowSurrogate((char) hex4())) {
        halfPair = true;
        at = back;
      }
    } else if (Character.isSurrogate((char) unit)) {
      halfPair = true;
    }
  }

  private int hex4() throws FormException {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      int digit = peek() < 0 || peek() > 0x7f ? -1 : Character.digit(peek(), 16);
      if (digit < 0) {
        throw failure("four hexadecimal digits");
      }
      unit = unit * 16 + digit;
      at++;
    }
    return unit;
  }

  private boolean inObject() {
    return objects.get(depth - 1);
  }

  private int peek() {
    return at < text.length ? text[at] & 0xff : -1;
  }

  private boolean skip(int wanted) {
    boolean there = peek() == wanted;
    at += there ? 1 : 0;
    return there;
  }

  private void require(int wanted, String what) throws FormException {
    if (!skip(wanted)) {
      throw failure(what);
    }
  }

  private void skipWhiteSpace() {
    while (isWhiteSpace(peek())) {
      at++;
    }
  }

  static boolean isWhiteSpace(int b) {
    return b == ' ' || b == '\t' || b == '\n' || b == '\r';
  }

  private FormException failure(String expected) {
    return new FormException(expected, at);
  }
}
