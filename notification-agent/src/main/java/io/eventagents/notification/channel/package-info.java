/** What all channels share: what they send, what they return, and the agent around them. */
@NullMarked
package io.eventagents.notification.channel;

import org.jspecify.annotations.NullMarked;
