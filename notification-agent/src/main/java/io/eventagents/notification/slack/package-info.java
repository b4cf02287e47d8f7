/** Slack, over an incoming webhook or by a bot that posts with the Web API. */
@NullMarked
package io.eventagents.notification.slack;

import org.jspecify.annotations.NullMarked;
