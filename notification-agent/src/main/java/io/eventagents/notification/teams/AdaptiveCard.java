package io.eventagents.notification.teams;

import io.eventagents.notification.template.RenderedMessage;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * The message for a workflow's webhook, with one card. Its text blocks render some Markdown, so
 * templates escape foreign text.
 */
final class AdaptiveCard {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private AdaptiveCard() {}

  static Map<String, Object> of(RenderedMessage content) {
    String card = content.card();
    return Map.of(
        "type",
        "message",
        "attachments",
        List.of(
            Map.of(
                "contentType",
                "application/vnd.microsoft.card.adaptive",
                "content",
                // A template for the whole card was tested at the start.
                card == null ? blocks(content) : JSON.readTree(card))));
  }

  private static Map<String, Object> blocks(RenderedMessage content) {
    return Map.of(
        "$schema",
        "http://adaptivecards.io/schemas/adaptive-card.json",
        "type",
        "AdaptiveCard",
        "version",
        "1.4",
        "body",
        List.of(
            Map.of(
                "type", "TextBlock",
                "text", content.subject(),
                "weight", "Bolder",
                "size", "Medium",
                "wrap", true),
            Map.of("type", "TextBlock", "text", content.text(), "wrap", true)));
  }
}
