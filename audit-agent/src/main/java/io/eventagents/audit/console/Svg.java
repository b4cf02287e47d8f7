package io.eventagents.audit.console;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Writes SVG. All texts and values of attributes are escaped; only the names of elements and
 * attributes, which are ours, are not.
 */
final class Svg {

  private final StringBuilder text = new StringBuilder(4096);

  /**
   * A drawing.
   *
   * @param role how screen readers take it: as an {@code img}, or as a {@code group} if it contains
   *     links
   * @param title what it is, for screen readers
   * @param description what it shows
   */
  static Svg drawing(
      String role, String id, double width, double height, String title, String description) {
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
        role,
        "aria-labelledby",
        id + "-title " + id + "-desc");
    svg.leaf("title", title, "id", id + "-title");
    svg.leaf("desc", description, "id", id + "-desc");
    return svg;
  }

  /** Opens an element. Attributes are names and values in turn. */
  Svg open(String element, Object... attributes) {
    tag(element, List.of(), attributes);
    text.append('>');
    return this;
  }

  Svg close(String element) {
    text.append("</").append(element).append('>');
    return this;
  }

  /** Opens a group with a tooltip. */
  Svg group(String style, String title) {
    return open("g", "class", style).leaf("title", title);
  }

  /** Draws a line. Further attributes are names and values in turn, as for all forms. */
  Svg line(double x1, double y1, double x2, double y2, Object... more) {
    return form("line", List.of("x1", x1, "y1", y1, "x2", x2, "y2", y2), more);
  }

  Svg circle(double x, double y, double radius) {
    return form("circle", List.of("cx", x, "cy", y, "r", radius));
  }

  Svg rectangle(double x, double y, double width, double height, Object... more) {
    return form("rect", List.of("x", x, "y", y, "width", width, "height", height), more);
  }

  Svg path(String way, Object... more) {
    return form("path", List.of("d", way), more);
  }

  Svg text(String content, double x, double y, Object... more) {
    tag("text", List.of("x", x, "y", y), more);
    return content("text", content);
  }

  private Svg form(String element, List<Object> where, Object... more) {
    tag(element, where, more);
    text.append("/>");
    return this;
  }

  /** An element with a text. */
  Svg leaf(String element, String content, Object... attributes) {
    tag(element, List.of(), attributes);
    return content(element, content);
  }

  private Svg content(String element, String content) {
    text.append('>');
    escape(content);
    return close(element);
  }

  /**
   * Defines the tip of an arrow.
   *
   * @param id the name by which lines refer to it as their {@code marker-end}
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
        .path("M0 0.6 L7.4 4 L0 7.4 Z", "class", "head")
        .close("marker")
        .close("defs");
  }

  /** The whole drawing, which may be put into a page as it is. */
  String end() {
    close("svg");
    return text.toString();
  }

  private void tag(String element, List<Object> attributes, Object... more) {
    text.append('<').append(element);
    Iterator<Object> each = Stream.concat(attributes.stream(), Arrays.stream(more)).iterator();
    while (each.hasNext()) {
      text.append(' ').append(each.next()).append("=\"");
      Object value = each.next();
      escape(value instanceof Number number ? number(number.doubleValue()) : value.toString());
      text.append('"');
    }
  }

  /** With one decimal at most, since more would not be visible. */
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
