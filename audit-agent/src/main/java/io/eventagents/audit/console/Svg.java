package io.eventagents.audit.console;

import java.util.Locale;

/**
 * Writes SVG. Texts and attributes are escaped, and there is no way to write anything unescaped but
 * the names of elements and attributes, which are ours.
 */
final class Svg {

  private final StringBuilder text = new StringBuilder(4096);

  /**
   * A drawing.
   *
   * @param title what it is, for those who do not see it
   * @param description what it shows
   */
  static Svg drawing(
      String id, double width, double height, String title, String description, String style) {
    Svg svg = new Svg();
    svg.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "width",
        width,
        "height",
        height,
        "viewBox",
        "0 0 " + number(width) + " " + number(height),
        "role",
        "img",
        "aria-labelledby",
        id + "-title " + id + "-desc");
    svg.leaf("title", title, "id", id + "-title");
    svg.leaf("desc", description, "id", id + "-desc");
    return svg;
  }

  /** Opens an element; names and values of attributes in turn. */
  Svg open(String element, Object... attributes) {
    tag(element, attributes);
    text.append('>');
    return this;
  }

  Svg close(String element) {
    text.append("</").append(element).append('>');
    return this;
  }

  /** An element without content. */
  Svg empty(String element, Object... attributes) {
    tag(element, attributes);
    text.append("/>");
    return this;
  }

  /** An element with a text. */
  Svg leaf(String element, String content, Object... attributes) {
    open(element, attributes);
    escape(content);
    return close(element);
  }

  /**
   * Defines the tip of an arrow.
   *
   * @param id by which lines name it as their {@code marker-end}
   */
  Svg arrowHead(String id) {
    return open("defs")
        .open(
            "marker",
            "id",
            id,
            "viewBox",
            "0 0 8 8",
            "refX",
            7,
            "refY",
            4,
            "markerWidth",
            7,
            "markerHeight",
            7,
            "orient",
            "auto")
        .empty("path", "d", "M0 0.6 L7.4 4 L0 7.4 Z", "class", "head")
        .close("marker")
        .close("defs");
  }

  /** The whole of it; it may stand in a page as it is. */
  String end() {
    close("svg");
    return text.toString();
  }

  private void tag(String element, Object... attributes) {
    text.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      text.append(' ').append(attributes[i]).append("=\"");
      escape(
          attributes[i + 1] instanceof Number number
              ? number(number.doubleValue())
              : String.valueOf(attributes[i + 1]));
      text.append('"');
    }
  }

  /** With one decimal at most: nobody sees more. */
  static String number(double value) {
    String rounded = String.format(Locale.ROOT, "%.1f", value);
    return rounded.endsWith(".0") ? rounded.substring(0, rounded.length() - 2) : rounded;
  }

  private void escape(String content) {
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      switch (c) {
        case '<' -> text.append("&lt;");
        case '>' -> text.append("&gt;");
        case '&' -> text.append("&amp;");
        case '"' -> text.append("&quot;");
        case '\'' -> text.append("&#39;");
        default -> text.append(c < ' ' && c != '\n' && c != '\t' ? '\uFFFD' : c);
      }
    }
  }
}
