package io.eventagents.notification.template;

import com.samskivert.mustache.Mustache;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * The format of a part of a message, and so how foreign text is put into it: as one line, cut if it
 * is long, with the markup of this format escaped.
 */
enum Form {
  /** One line of plain text: a subject, a headline. */
  LINE(150),
  /** The plain text of a mail. */
  PLAIN(2_000),
  /** Plain text for little space. */
  SHORT(100),
  /** HTML, in elements and in quoted attributes. */
  HTML(2_000) {
    @Override
    String escape(String line) {
      // With this charset only the characters that HTML itself uses are escaped.
      return HtmlUtils.htmlEscape(line, StandardCharsets.UTF_8.name());
    }
  },
  /** Slack's mrkdwn. Unescaped, a title could mention the whole channel. */
  MRKDWN(300) {
    @Override
    String escape(String line) {
      return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
  },
  /**
   * Markdown as Adaptive Cards and Teams show it. Unescaped, a title could be a link to another
   * site.
   */
  MARKDOWN(300) {
    @Override
    String escape(String line) {
      return MARKS.matcher(line).replaceAll("\\\\$0");
    }
  },
  /** Markdown in a JSON string, for an Adaptive Card. */
  CARD(300) {
    @Override
    String escape(String line) {
      return String.valueOf(
          JsonStringEncoder.getInstance().quoteAsCharArray(MARKDOWN.escape(line)));
    }
  };

  private static final Pattern MARKS = Pattern.compile("[\\\\`*_{}\\[\\]()<>#+!|~]");
  private static final String TEAMS = "teams";

  private final int limit;

  Form(int limit) {
    this.limit = limit;
  }

  /** The format of a part of a channel's messages. */
  static Form of(String channel, TemplateName.Part part) {
    return switch (part) {
      case SUBJECT -> channel.equals(TEAMS) ? MARKDOWN : LINE;
      case HTML -> HTML;
      case CARD -> CARD;
      case TEXT ->
          switch (channel) {
            case "email" -> PLAIN;
            case "slack" -> MRKDWN;
            case TEAMS -> MARKDOWN;
            default -> SHORT;
          };
    };
  }

  /** The escaping of values. */
  Mustache.Escaper escaper() {
    return text -> escape(OneLine.of(text, limit));
  }

  /** Escapes the markup of this format. */
  String escape(String line) {
    return line;
  }
}
