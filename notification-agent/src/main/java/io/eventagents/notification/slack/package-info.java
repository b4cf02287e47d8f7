/** Slack: an incoming webhook, or a bot that posts by the Web API. */
@NullMarked
package io.eventagents.notification.slack;

import org.jspecify.annotations.NullMarked;
