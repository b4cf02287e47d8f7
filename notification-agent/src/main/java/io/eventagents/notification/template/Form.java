package io.eventagents.notification.template;

import com.samskivert.mustache.Mustache;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * What a part of a message is written in, and so how the text of strangers is put into it: as one
 * line, cut where it is long, with nothing in it that this form would take for its own.
 */
enum Form {
  /** One line of plain text: a subject, a headline. */
  LINE(150),
  /** The plain text of a mail. */
  PLAIN(2_000),
  /** Plain text where there is little room. */
  SHORT(100),
  /** HTML, in elements and in quoted attributes. */
  HTML(2_000) {
    @Override
    String escape(String line) {
      // For this charset nothing is escaped but what HTML itself uses.
      return HtmlUtils.htmlEscape(line, StandardCharsets.UTF_8.name());
    }
  },
  /** Slack's mrkdwn: unescaped, a title could mention the whole channel. */
  MRKDWN(300) {
    @Override
    String escape(String line) {
      return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
  },
  /** Markdown as Adaptive Cards and Teams show it: unescaped, a title could be a link elsewhere. */
  MARKDOWN(300) {
    @Override
    String escape(String line) {
      return MARKS.matcher(line).replaceAll("\\\\$0");
    }
  },
  /** Markdown within a string of JSON: an Adaptive Card. */
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

  /** What a part of a channel's messages is written in. */
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

  /** Without what this form takes for its own. */
  String escape(String line) {
    return line;
  }
}
