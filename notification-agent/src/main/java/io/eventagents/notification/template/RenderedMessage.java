package io.eventagents.notification.template;

import org.jspecify.annotations.Nullable;

/**
 * The text of a message, escaped for its channel.
 *
 * @param subject one line; channels without subjects omit it or show it as a headline
 * @param text the message in the channel's plain format
 * @param html the same for mail programs that show HTML
 * @param card the same as an Adaptive Card in JSON, for channels that show cards
 */
public record RenderedMessage(
    String subject, String text, @Nullable String html, @Nullable String card) {}
